package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogTextTest {
  private final LoggerContext context = new LoggerContext();
  private final LogText line = new LogText();

  @Test
  void aLineSaysWhenHowBadWhoAndWhat() {
    assertEquals(
        "2026-11-29T17:20:23.823Z INFO  OrderVerticle replica=1 port=7\n",
        said("2026-11-29T17:20:23.823Z", Level.INFO, "toystore.order.OrderVerticle", null));
    assertEquals(
        "2026-11-29T17:20:23.800Z ERROR Short replica=1 port=7\n",
        said("2026-11-29T17:20:23.8Z", Level.ERROR, "Short", null));
  }

  @Test
  void aWholeSecondHasItsMillisecondsToo() {
    assertTrue(said("2026-11-29T17:20:00Z", Level.WARN, "a.B", null)
        .startsWith("2026-11-29T17:20:00.000Z WARN  B "));
  }

  @Test
  void aFailureIsShownWithItsStackAndItsCause() {
    Throwable failure = new IllegalStateException("broken", new RuntimeException("why"));

    List<String> lines =
        said("2026-11-29T17:20:00Z", Level.ERROR, "a.B", failure).lines().toList();

    assertEquals("java.lang.IllegalStateException: broken", lines.get(1));
    assertTrue(lines.get(2).startsWith("\tat toystore.edge.LogTextTest."), lines.get(2));
    assertTrue(lines.contains("Caused by: java.lang.RuntimeException: why"), lines.toString());
  }

  private String said(String time, Level level, String logger, Throwable failure) {
    Logger named = context.getLogger(logger);
    Object[] values = {1, 7};
    LoggingEvent event = new LoggingEvent(
        Logger.class.getName(), named, level, "replica={} port={}", failure, values);
    event.setInstant(Instant.parse(time));
    return line.doLayout(event);
  }
}
