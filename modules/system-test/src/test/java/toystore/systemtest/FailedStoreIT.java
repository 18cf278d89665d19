package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that start a store of their own, which does not start. */
class FailedStoreIT {
  private static final Path TOYSTORE =
      Path.of("..", "..", "bin", "toystore").toAbsolutePath().normalize();
  private static final Pattern LOG = Pattern.compile("log: (\\S+\\.log)");

  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"evaluate --quick", "bench --quick", "drill --rounds 1", "drill --take-overs 1"})
  void theMessageNamesALogThatIsThereAndTheHelpTheExitCode(String command) throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    List<String> words = new ArrayList<>(List.of(TOYSTORE.toString()));
    words.addAll(List.of(command.split(" ")));
    if (!command.startsWith("bench")) {
      words.addAll(List.of("--out", folder.resolve("result").toString()));
    }
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("TOYSTORE_BUILD", "never");
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    builder.environment().put("TOYSTORE_JAVA_OPTS", "-XX:NoSuchOption=1");
    Process process = builder.start();

    boolean ended = process.waitFor(90, TimeUnit.SECONDS);
    process.destroyForcibly();

    String text = Files.readString(output);
    assertTrue(ended, text);
    assertEquals(4, process.exitValue(), text);
    Matcher log = LOG.matcher(text);
    assertTrue(log.find(), text);
    assertTrue(Files.readString(Path.of(log.group(1))).contains("NoSuchOption"), text);
    assertEquals(List.of("log"), foldersOfFiles(temporary), text);
  }

  /** Of all files but what Java itself puts there. */
  private static List<String> foldersOfFiles(Path temporary) throws IOException {
    try (Stream<Path> files = Files.walk(temporary)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> temporary.relativize(file).toString().startsWith("toystore-"))
          .map(file -> file.getParent().getFileName().toString())
          .distinct()
          .toList();
    }
  }
}
