package toystore.edge;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;

/**
 * What is logged, as a line for people: time, level, who says it, and what. A failure's stack trace
 * follows in lines of its own.
 */
final class LogText extends LayoutBase<ILoggingEvent> {
  private static final int LEVEL_WIDTH = 5;
  private static final int AROUND = 64;
  /** How a time ends whose milliseconds are none: the JDK leaves them out. */
  private static final String WHOLE_SECOND = ".000Z";

  @Override
  public String doLayout(ILoggingEvent event) {
    String message = event.getFormattedMessage();
    StringBuilder line = new StringBuilder(AROUND + message.length());
    appendTime(line, event.getTimeStamp());
    String level = event.getLevel().toString();
    line.append(' ').append(level).append(" ".repeat(Math.max(0, LEVEL_WIDTH - level.length())));
    String logger = event.getLoggerName();
    line.append(' ').append(logger, logger.lastIndexOf('.') + 1, logger.length());
    line.append(' ').append(message).append(System.lineSeparator());
    if (event.getThrowableProxy() != null) {
      line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line.toString();
  }

  private static void appendTime(StringBuilder line, long epochMs) {
    String time = Instant.ofEpochMilli(epochMs).toString();
    if (time.indexOf('.') < 0) {
      line.append(time, 0, time.length() - 1).append(WHOLE_SECOND);
    } else {
      line.append(time);
    }
  }
}
