package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents name is there, and their figures are those of results. */
class DocumentsIT {
  private static final Path CHECKOUT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Path RESULTS = CHECKOUT.resolve("test-output");
  private static final List<String> WITH_FIGURES = List.of(
      "docs/output.md",
      "docs/evaluation.md",
      "docs/appendix-output.md",
      "docs/appendix-evaluation.md");

  /** Decisions name what was there on their day; these name what is there now. */
  private static final List<String> WITH_CLASSES =
      List.of("README.md", "docs/architecture.md", "docs/CONTRIBUTING.md");

  private static final Set<String> OF_LIBRARIES =
      Set.of("Function", "Future", "Promise", "Router", "Vertx");
  private static final Set<String> TEXTS = Set.of("md", "csv", "json", "txt");
  private static final String STAMP = "stamp.json";

  @Test
  void everyLinkLeadsSomewhere() {
    assertNone((document, text) ->
        DocumentRules.brokenLinks(text, link -> Files.exists(document.resolveSibling(link))));
  }

  @Test
  void everyAnchorIsAHeading() {
    assertNone((document, text) -> DocumentRules.missingAnchors(
        text, link -> link.isEmpty() ? text : text(document.resolveSibling(link))));
  }

  @Test
  void everyPathExists() {
    assertNone((document, text) -> DocumentRules.missingPaths(text, DocumentsIT::exists));
  }

  @Test
  void everyClassIsThere() {
    Set<String> classes = Stream.concat(
            OF_LIBRARIES.stream(),
            files(CHECKOUT.resolve("modules")).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".java"))
                .map(name -> name.replace(".java", "")))
        .collect(Collectors.toSet());
    List<Path> documents = Stream.concat(
            WITH_CLASSES.stream().map(CHECKOUT::resolve),
            files(CHECKOUT.resolve("modules")).stream().filter(file -> file.endsWith("README.md")))
        .filter(Files::exists)
        .toList();

    assertNone(
        documents, (document, text) -> DocumentRules.unknownClasses(text, classes::contains));
  }

  @Test
  void everyCommandIsOneAndHasTheseOptions() {
    Map<String, Set<String>> commands = Commands.withOptions();
    assertTrue(commands.keySet().containsAll(Set.of("", "up", "client", "drill")), "all modules");

    assertNone((document, text) -> DocumentRules.unknownCommands(text, commands));
  }

  @Test
  void everyVerticleToRunIsAClassAndItsFileExists() {
    assertNone((document, text) ->
        DocumentRules.unknownVerticles(text, DocumentsIT::isClass, DocumentsIT::exists));
  }

  @Test
  void everyFigureIsThatOfAResult() {
    List<Path> documents =
        WITH_FIGURES.stream().map(CHECKOUT::resolve).filter(Files::exists).toList();

    assertNone(
        documents,
        (document, text) -> FigureRules.unfounded(
            text, link -> results(document.resolveSibling(link).normalize())));
  }

  @Test
  void everyResultSaysWhereItComesFrom() {
    assertNone(files(RESULTS), (result, text) -> FigureRules.missingInStamp(stampOf(result, text)));
  }

  private static void assertNone(BiFunction<Path, String, List<String>> rule) {
    List<Path> documents = new ArrayList<>(List.of(CHECKOUT.resolve("README.md")));
    Stream.of("docs", "modules")
        .flatMap(folder -> files(CHECKOUT.resolve(folder)).stream())
        .filter(file -> extension(file).equals("md"))
        .filter(file -> !file.toString().contains("/target/"))
        .forEach(documents::add);
    assertNone(documents, rule);
  }

  /**
   * @param rule from a file and its text to what is wrong with it
   */
  private static void assertNone(List<Path> files, BiFunction<Path, String, List<String>> rule) {
    List<String> faults = new ArrayList<>();
    for (Path file : files) {
      rule.apply(file, text(file))
          .forEach(fault -> faults.add(CHECKOUT.relativize(file) + ": " + fault));
    }
    assertEquals(List.of(), faults);
  }

  private static boolean exists(String path) {
    return Files.exists(CHECKOUT.resolve(path));
  }

  private static boolean isClass(String name) {
    try {
      Class.forName(name, false, DocumentsIT.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException absent) {
      return false;
    }
  }

  /** The text of a result, or of all results in a folder. */
  private static Optional<String> results(Path target) {
    if (!target.startsWith(RESULTS) || !Files.exists(target)) {
      return Optional.empty();
    }
    return Optional.of(files(target).stream()
        .filter(file -> TEXTS.contains(extension(file)))
        .map(DocumentsIT::text)
        .collect(Collectors.joining("\n")));
  }

  /** The stamp in its folder, or what it says itself: in its head, or anywhere if it is JSON. */
  private static String stampOf(Path result, String text) {
    Path stamp = result.resolveSibling(STAMP);
    if (Files.exists(stamp)) {
      return text(stamp);
    }
    return extension(result).equals("json") ? text : FigureRules.head(text);
  }

  private static List<Path> files(Path top) {
    try (Stream<Path> all = Files.walk(top)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Of a picture too: noise, in which no rule finds anything. */
  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
