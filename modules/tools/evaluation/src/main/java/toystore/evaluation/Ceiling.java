package toystore.evaluation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import toystore.operations.OperationFailed;

/** The process of a {@link CeilingServer}, with a service's JVM options. */
final class Ceiling implements AutoCloseable {
  private static final long UNTIL_GONE_SECONDS = 5;

  private final Process process;
  private final int port;

  private Ceiling(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it with these answers. */
  static Ceiling start(List<RecordedAnswer> answers) throws IOException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xms256m",
            "-Xmn64m",
            "-Xmx2g",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            CeilingServer.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    String lines =
        answers.stream().map(answer -> answer.encode() + "\n").collect(Collectors.joining());
    process.getOutputStream().write((lines + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    String port = new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
    if (port == null) {
      process.destroy();
      throw new OperationFailed("the bare server did not start");
    }
    return new Ceiling(process, Integer.parseInt(port));
  }

  int port() {
    return port;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(UNTIL_GONE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
