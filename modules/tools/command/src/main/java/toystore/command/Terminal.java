package toystore.command;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** What is at the other end of the standard streams. */
public final class Terminal {
  private static final long LIMIT_SECONDS = 2;

  private Terminal() {}

  /**
   * Whether standard error is a terminal. {@code System.console()} does not say: it is null as soon
   * as any of the three streams is redirected, as standard output often is.
   */
  public static boolean isStandardError() {
    if ("dumb".equals(System.getenv("TERM"))) {
      return false; // It cannot clear a line.
    }
    try {
      Process test = new ProcessBuilder("test", "-t", "2")
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
      return test.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && test.exitValue() == 0;
    } catch (IOException e) {
      return false; // No such program: no progress line either.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
