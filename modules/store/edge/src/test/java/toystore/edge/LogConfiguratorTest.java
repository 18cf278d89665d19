package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.core.ConsoleAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogConfiguratorTest {
  @Test
  void everythingGoesToStandardErrorAndLibrariesSayLess() {
    LoggerContext context = new LoggerContext();
    LogConfigurator configurator = new LogConfigurator();
    configurator.setContext(context);

    assertEquals(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY, configurator.configure(context));

    ConsoleAppender<?> appender =
        assertInstanceOf(ConsoleAppender.class, context.getLogger("ROOT").getAppender("err"));
    assertEquals("System.err", appender.getTarget());
    assertEquals(Level.WARN, context.getLogger("io.netty.channel").getEffectiveLevel());
    assertEquals(Level.INFO, context.getLogger("toystore.edge").getEffectiveLevel());
  }

  @Test
  void logbackFindsIt() {
    LoggerContext context =
        assertInstanceOf(LoggerContext.class, LoggerFactory.getILoggerFactory());

    assertNotNull(context.getLogger("ROOT").getAppender("err"));
  }
}
