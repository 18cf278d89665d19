package toystore.edge;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * How all processes log: to standard error, for standard output is for the results of tools. Known
 * to Logback by its name in {@code META-INF/services}. It is code, for a configuration in XML takes
 * a tenth of a start to read (decision 0050); who names a file by {@code logback.configurationFile}
 * has that read in its place.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogConfigurator extends ContextAwareBase implements Configurator {
  private static final String OWN_FILE = "logback.configurationFile";
  private static final String LEVEL = "TOYSTORE_LOG_LEVEL";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (variable(OWN_FILE, null) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    ConsoleAppender<ILoggingEvent> standardError = new ConsoleAppender<>();
    standardError.setContext(context);
    standardError.setName("err");
    standardError.setTarget("System.err");
    standardError.setEncoder("json".equals(variable("TOYSTORE_LOG_FORMAT", "")) ? json() : lines());
    standardError.start();
    String level = variable(LEVEL, "INFO");
    level(context, org.slf4j.Logger.ROOT_LOGGER_NAME, level);
    level(context, "io.netty", "WARN");
    // It warns that what was counted before a service has its figures is not in them: Vert.x had
    // done nothing yet.
    level(context, "io.micrometer.core.instrument.composite.CompositeMeterRegistry", "ERROR");
    // At DEBUG, one line for a request at each service that it passes.
    level(context, "toystore.requests", variable("TOYSTORE_LOG_REQUESTS", level));
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(standardError);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static String variable(String name, String absent) {
    String value = System.getProperty(name, System.getenv(name));
    return value == null ? absent : value;
  }

  private static void level(LoggerContext context, String logger, String level) {
    context.getLogger(logger).setLevel(Level.toLevel(level));
  }

  private Encoder<ILoggingEvent> lines() {
    LogText line = new LogText();
    line.setContext(getContext());
    line.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(getContext());
    encoder.setLayout(line);
    encoder.start();
    return encoder;
  }

  /** One JSON object a line, for programs that collect logs. */
  private Encoder<ILoggingEvent> json() {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(getContext());
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMDC(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return encoder;
  }
}
