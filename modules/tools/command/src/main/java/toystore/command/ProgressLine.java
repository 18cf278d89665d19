package toystore.command;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Shows on standard error how far a long command is. On a terminal: in a line that is overwritten,
 * below all else that is written there meanwhile. Elsewhere, a file or a pipe: in a line every ten
 * seconds. While it is open, it stands in front of {@code System.err}, so that logs and stack
 * traces do not run into it.
 */
public final class ProgressLine implements AutoCloseable {
  private static final Duration ON_TERMINAL = Duration.ofMillis(500);
  private static final Duration ELSEWHERE = Duration.ofSeconds(10);
  private static final String START_OF_LINE = "\r";
  private static final String CLEAR_TO_END = "\u001b[K";

  private final PrintStream before;
  private final boolean terminal;
  private final Supplier<String> text;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "progress");
        thread.setDaemon(true);
        return thread;
      });
  private boolean shown;
  private boolean inForeignLine;
  private boolean closed;

  /**
   * Not shown before {@link #open}.
   *
   * @param before standard error as it was
   * @param text what to show; asked on a thread of its own
   */
  ProgressLine(PrintStream before, boolean terminal, Supplier<String> text) {
    this.before = before;
    this.terminal = terminal;
    this.text = text;
  }

  /** Shows it from now on, until it is closed. */
  public static ProgressLine open(Supplier<String> text) {
    boolean terminal = Terminal.isStandardError();
    ProgressLine line = new ProgressLine(System.err, terminal, text);
    // Its own thread: a terminal may block, an event loop must not.
    System.setErr(new PrintStream(line.above(), true, StandardCharsets.UTF_8));
    long periodMs = (terminal ? ON_TERMINAL : ELSEWHERE).toMillis();
    line.timer.scheduleAtFixedRate(line::show, periodMs, periodMs, TimeUnit.MILLISECONDS);
    return line;
  }

  /** A line that stays, such as the result of a step. */
  public void remark(String line) {
    write((line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
  }

  /** Writes elsewhere, standard output say, which may be the same terminal. */
  public synchronized void aside(Runnable writing) {
    clear();
    writing.run();
  }

  /** Gives the terminal's line back. */
  @Override
  public void close() {
    timer.shutdownNow();
    synchronized (this) {
      clear();
      closed = true;
    }
    if (System.err != before) {
      System.setErr(before);
    }
  }

  /** Where all else is to be written while this is open. */
  OutputStream above() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one});
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        byte[] part = new byte[length];
        System.arraycopy(bytes, from, part, 0, length);
        ProgressLine.this.write(part);
      }
    };
  }

  /** Shows how far it is now, unless somebody else's line is half written. */
  synchronized void show() {
    if (closed || inForeignLine) {
      return;
    }
    if (terminal) {
      before.print(START_OF_LINE + text.get() + CLEAR_TO_END);
      shown = true;
    } else {
      before.println(text.get());
    }
    before.flush();
  }

  private synchronized void write(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    clear();
    before.write(bytes, 0, bytes.length);
    before.flush();
    inForeignLine = bytes[bytes.length - 1] != '\n';
  }

  private void clear() {
    if (shown) {
      before.print(START_OF_LINE + CLEAR_TO_END);
      before.flush();
      shown = false;
    }
  }
}
