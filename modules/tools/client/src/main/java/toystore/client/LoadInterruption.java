package toystore.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import toystore.command.ExitCode;

/**
 * While open, Ctrl-C (or SIGTERM) lets the job end early and report, and the process exits with its
 * status. A shutdown hook, because Java has no public way to handle a signal.
 */
final class LoadInterruption implements AutoCloseable {
  /** More than an interrupted job takes. */
  private static final long LIMIT_SECONDS = 20;

  private final LoadJob job;
  private final CompletableFuture<ExitCode> end = new CompletableFuture<>();
  private final Thread hook = new Thread(this::interrupt, "interruption");

  LoadInterruption(LoadJob job) {
    this.job = job;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The job has ended and everything is written. */
  void ended(ExitCode code) {
    end.complete(code);
  }

  @Override
  public void close() {
    end.complete(ExitCode.BUG); // Unless it has ended.
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is on its way out, and the hook gives it its status.
      return;
    }
  }

  private void interrupt() {
    job.interrupt();
    ExitCode code = ExitCode.INTERRUPTED;
    try {
      code = end.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      // It could not report in time; that it was interrupted still holds.
      code = ExitCode.INTERRUPTED;
    }
    Runtime.getRuntime().halt(code.status());
  }
}
