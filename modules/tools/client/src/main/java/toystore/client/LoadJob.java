package toystore.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import toystore.command.ExitCode;
import toystore.command.ProgressLine;

/** A load from settings to exit status, whoever started it. */
final class LoadJob {
  private final Vertx vertx;
  private final OutputOptions output;
  private final PrintWriter out;
  private final PrintWriter err;
  private final LoadRun run;
  private final LoadProgress progress = new LoadProgress();

  LoadJob(
      Vertx vertx, LoadSettings settings, OutputOptions output, PrintWriter out, PrintWriter err) {
    this.vertx = vertx;
    this.output = output;
    this.out = out;
    this.err = err;
    this.run = new LoadRun(vertx, settings, progress);
  }

  /** Runs it, once. The future fails only if there is a bug. */
  Future<ExitCode> run() {
    Optional<ProgressLine> line = output.isQuiet()
        ? Optional.empty()
        : Optional.of(ProgressLine.open(() -> progress.line(System.nanoTime())));
    return run.start()
        .eventually(() -> {
          line.ifPresent(ProgressLine::close);
          return Future.succeededFuture();
        })
        .compose(report -> vertx.executeBlocking(() -> write(report)))
        .recover(this::explain);
  }

  /** Issues nothing more, verifies for a few seconds, and reports. From any thread. */
  void interrupt() {
    run.interrupt();
  }

  private ExitCode write(Report report) {
    try {
      output.write(report, out);
    } catch (IOException e) {
      throw new LoadException(ExitCode.NOT_DONE, "cannot write " + e.getMessage());
    }
    return report.exitCode();
  }

  private Future<ExitCode> explain(Throwable failure) {
    if (failure instanceof LoadException expected) {
      err.println("toystore: " + expected.getMessage());
      err.flush();
      return Future.succeededFuture(expected.exitCode().orElse(ExitCode.NOT_DONE));
    }
    return Future.failedFuture(failure);
  }
}
