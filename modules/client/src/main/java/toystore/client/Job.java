package toystore.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;

/** A load from settings to exit status, whoever started it. */
final class Job {
  private final Vertx vertx;
  private final OutputOptions output;
  private final PrintWriter out;
  private final PrintWriter err;
  private final LoadRun run;
  private final ProgressLine progressLine;

  Job(Vertx vertx, LoadSettings settings, OutputOptions output, PrintWriter out, PrintWriter err) {
    Progress progress = new Progress();
    this.vertx = vertx;
    this.output = output;
    this.out = out;
    this.err = err;
    this.run = new LoadRun(vertx, settings, progress);
    this.progressLine = new ProgressLine(progress, err);
  }

  /** Runs it, once. The future fails only if there is a bug. */
  Future<ExitCode> run() {
    if (!output.isQuiet() && Terminal.isStandardError()) {
      progressLine.start();
    }
    return run.start()
        .eventually(() -> {
          progressLine.stop();
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
      throw new LoadException(ExitCode.USAGE, "cannot write " + e.getMessage());
    }
    return report.exitCode();
  }

  private Future<ExitCode> explain(Throwable failure) {
    if (failure instanceof LoadException expected) {
      err.println("toystore client: " + expected.getMessage());
      err.flush();
      return Future.succeededFuture(expected.exitCode());
    }
    return Future.failedFuture(failure);
  }
}
