package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents name is there. */
class DocumentsIT {
  private static final Path CHECKOUT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern PATH =
      Pattern.compile("(?<![\\w/.<])((?:bin|conf|docs|modules|test-output)/[\\w./-]*[\\w/])");
  private static final Pattern COMMAND = Pattern.compile("bin/toystore ([a-z][a-z-]*)");

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        if (!Files.exists(document.resolveSibling(link.group(1)))) {
          broken.add(document.getFileName() + ": " + link.group(1));
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void everyPathExists() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path document : documents()) {
      Matcher path = PATH.matcher(Files.readString(document));
      while (path.find()) {
        if (!Files.exists(CHECKOUT.resolve(path.group(1)))) {
          missing.add(document.getFileName() + ": " + path.group(1));
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void everyCommandIsOne() throws Exception {
    Process help = new ProcessBuilder(CHECKOUT.resolve("bin/toystore").toString(), "--help")
        .redirectErrorStream(true)
        .start();
    String usage = new String(help.getInputStream().readAllBytes());
    Set<String> known = usage
        .lines()
        .map(String::strip)
        .flatMap(line -> Stream.of(line.split("[ ,]+")))
        .collect(Collectors.toSet());
    List<String> unknown = new ArrayList<>();
    for (Path document : documents()) {
      Matcher command = COMMAND.matcher(Files.readString(document));
      while (command.find()) {
        if (!known.contains(command.group(1))) {
          unknown.add(document.getFileName() + ": " + command.group(1));
        }
      }
    }
    assertEquals(List.of(), unknown);
  }

  @Test
  void everyResultSaysWhereItComesFrom() throws IOException {
    try (Stream<Path> results = Files.walk(CHECKOUT.resolve("test-output"))) {
      for (Path result : results.filter(file -> file.toString().endsWith(".md")).toList()) {
        String head = Files.readString(result).lines().limit(12).collect(Collectors.joining("\n"));
        for (String word : List.of("command", "commit", "machine")) {
          assertTrue(
              head.toLowerCase(Locale.ROOT).contains(word),
              result.getFileName() + " does not say its " + word);
        }
      }
    }
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(CHECKOUT.resolve("README.md")));
    try (Stream<Path> files = Files.walk(CHECKOUT.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    return documents;
  }
}
