package toystore.edge;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process at once, without letting anything more leave it. */
public final class ProcessEnd {
  private ProcessEnd() {}

  /**
   * For a failure after which nothing the process says could be trusted, such as a failed fsync:
   * one line in the log, exit status 1.
   */
  public static void fatal(Logger log, String what, Throwable cause) {
    log.error("fatal={} cause={}", what, String.valueOf(cause));
    with(1);
  }

  /** Ends with this exit status, after the log is written out. */
  public static void with(int status) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext logback) {
      logback.stop();
    }
    Runtime.getRuntime().halt(status);
  }
}
