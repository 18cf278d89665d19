package toystore.simulation;

import java.io.PrintWriter;
import java.util.Locale;
import toystore.client.Terminal;

/** How far it is, on one line of a terminal; nothing where there is none. */
final class Progress {
  private static final long EVERY_NANOS = 200_000_000;
  private static final int PERCENT = 100;

  private final PrintWriter terminal;
  private final long all;
  private final boolean shown = Terminal.isStandardError();
  private final long startNanos = System.nanoTime();
  private long lastNanos;
  private long most;

  Progress(PrintWriter terminal, long all) {
    this.terminal = terminal;
    this.all = all;
  }

  synchronized void done(long count) {
    most = Math.max(most, count);
    long now = System.nanoTime();
    if (shown && now - lastNanos >= EVERY_NANOS) {
      lastNanos = now;
      long perSecond = (long) (most / ((now - startNanos) / 1e9));
      terminal.printf(
          Locale.ROOT,
          "\r%,d of %,d schedules (%d%%), %,d a second ",
          most,
          all,
          PERCENT * most / all,
          perSecond);
      terminal.flush();
    }
  }

  synchronized void end() {
    if (shown && most > 0) {
      terminal.println();
      terminal.flush();
    }
  }
}
