package toystore.operations;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C while a command works: the work ends where it is whole and says so, and then the process
 * does. The system's own way would end it between any two steps, without a word.
 */
final class CtrlC implements AutoCloseable {
  private static final int SECONDS_TO_END = 10;

  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupt, "interrupt");
  private volatile boolean wanted;

  private CtrlC() {}

  static CtrlC heeded() {
    CtrlC interruption = new CtrlC();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  boolean isWanted() {
    return wanted;
  }

  private void interrupt() {
    wanted = true;
    try {
      over.await(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The work is over, and has said what it had to. */
  @Override
  public void close() {
    over.countDown();
    if (!wanted) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        return; // The signal came just now.
      }
    }
  }
}
