package toystore.client;

import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows the progress on a terminal, twice a second, in a line that is overwritten. */
final class ProgressLine {
  private static final long PERIOD_MS = 500;
  private static final String START_OF_LINE = "\r";
  private static final String CLEAR_TO_END = "\u001b[K";

  private final Progress progress;
  private final PrintWriter terminal;
  private ScheduledExecutorService timer;

  ProgressLine(Progress progress, PrintWriter terminal) {
    this.progress = progress;
    this.terminal = terminal;
  }

  /** A thread of its own: a terminal may block, an event loop must not. */
  void start() {
    timer = Executors.newSingleThreadScheduledExecutor(work -> {
      Thread thread = new Thread(work, "progress");
      thread.setDaemon(true);
      return thread;
    });
    timer.scheduleAtFixedRate(this::show, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
  }

  void stop() {
    if (timer != null) {
      timer.shutdownNow();
      write("");
    }
  }

  private void show() {
    write(progress.line(System.nanoTime()));
  }

  private void write(String line) {
    terminal.print(START_OF_LINE + line + CLEAR_TO_END);
    terminal.flush();
  }
}
