package toystore.evaluation;

import io.vertx.core.Vertx;
import java.io.IOException;
import toystore.client.LoadVertx;
import toystore.command.ProgressLine;

/** Runs benches of all kinds: over one event loop for the load, with a line of progress. */
final class BenchRuns {
  private BenchRuns() {}

  /** A measurement, of many steps. */
  @FunctionalInterface
  interface Measuring<T> {
    T by(Vertx vertx, Steps steps) throws IOException, InterruptedException;
  }

  static <T> T run(int count, Measuring<T> measuring) throws IOException, InterruptedException {
    Steps steps = new Steps(count, System.nanoTime());
    Vertx vertx = LoadVertx.of(1);
    try (ProgressLine line = ProgressLine.open(() -> steps.line(System.nanoTime()))) {
      steps.tell(line::remark);
      return measuring.by(vertx, steps);
    } finally {
      vertx.close();
    }
  }
}
