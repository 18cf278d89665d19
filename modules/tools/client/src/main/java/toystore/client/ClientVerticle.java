package toystore.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import toystore.command.ExitCode;
import toystore.edge.ConfigurationException;
import toystore.edge.ProcessEnd;

/**
 * The load client as a microservice like the others: {@code bin/vertx run
 * toystore.client.ClientVerticle -conf conf/client.json}. It runs once, prints its report, and ends
 * the process with the command's exit status.
 *
 * <p>Its configuration has the command's long options as keys, in camel case: {@code "retryFor":
 * "30s"} is {@code --retry-for 30s}. Durations are text with a unit, numbers are numbers, options
 * without a value are true or false, "toys" and "check" are arrays. Unknown keys are refused.
 */
public final class ClientVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ClientVerticle.class);
  private static final Pattern OPTION = Pattern.compile("--([a-z-]+)");

  private final IntConsumer exit;
  private LoadJob job;
  private Future<ExitCode> end = Future.succeededFuture(ExitCode.GOOD);

  /** For the launcher. */
  public ClientVerticle() {
    this(ProcessEnd::with);
  }

  /**
   * @param exit ends the process
   */
  ClientVerticle(IntConsumer exit) {
    this.exit = exit;
  }

  @Override
  public Future<?> start() {
    String[] arguments = arguments(config());
    // When the process is told to end, all that runs on the launcher's Vert.x is stopped at once:
    // the load's connections too, over which the orders are yet to be looked up.
    return Future.fromCompletionStage(
            CompletableFuture.supplyAsync(
                () -> LoadVertx.of(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE)),
            context)
        .map(own -> begin(own, arguments));
  }

  private Void begin(Vertx own, String[] arguments) {
    ClientCommand command = new ClientCommand();
    try {
      new CommandLine(command).parseArgs(arguments);
      job = command.job(own);
    } catch (ParameterException e) {
      own.close();
      throw new ConfigurationException(keyIn(e.getMessage()), e.getMessage());
    }
    // Of no Vert.x: it is listened to until both are closed.
    Promise<ExitCode> ended = Promise.promise();
    job.run().onComplete(ended);
    end = ended.future();
    end.onComplete(over -> own.close());
    end.onSuccess(code -> exit.accept(code.status())).onFailure(this::fail);
    return null;
  }

  @Override
  public Future<?> stop() {
    if (job != null) {
      job.interrupt();
    }
    return end;
  }

  private void fail(Throwable bug) {
    LOG.error("load failed", bug);
    exit.accept(ExitCode.BUG.status());
  }

  /** The configuration as a command line, so that each option is described and checked once. */
  static String[] arguments(JsonObject configuration) {
    Map<String, OptionSpec> options =
        new CommandLine(new ClientCommand()).getCommandSpec().optionsMap();
    List<String> arguments = new ArrayList<>();
    for (String key : configuration.fieldNames()) {
      String name = "--" + key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      OptionSpec option = options.get(name);
      boolean spelt = key.matches("[a-z]+([A-Z][a-z]+)*");
      if (option == null || !spelt || option.usageHelp() || option.versionHelp()) {
        throw new ConfigurationException(key, "unknown key");
      }
      Object value = configuration.getValue(key);
      if (option.isMultiValue()) {
        values(key, value).forEach(each -> arguments.add(name + "=" + text(key, option, each)));
      } else if (option.typeInfo().isBoolean()) {
        arguments.add(flag(key, name, value));
      } else {
        arguments.add(name + "=" + text(key, option, value));
      }
    }
    return arguments.toArray(String[]::new);
  }

  private static List<?> values(String key, Object value) {
    if (value instanceof JsonArray array) {
      return array.getList();
    }
    throw new ConfigurationException(key, "is not an array");
  }

  private static String flag(String key, String name, Object value) {
    if (value instanceof Boolean flag) {
      return name + "=" + flag;
    }
    throw new ConfigurationException(key, "is not true or false");
  }

  private static String text(String key, OptionSpec option, Object value) {
    Class<?> type = option.typeInfo().getType();
    boolean isNumber = type.isPrimitive() || Number.class.isAssignableFrom(type);
    if (isNumber && !(value instanceof Number)) {
      throw new ConfigurationException(key, "is not a number");
    }
    // A warm-up may be either.
    boolean mayBeNumber = isNumber || key.equals("warmup") && value instanceof Integer;
    if (!mayBeNumber && !(value instanceof String)) {
      throw new ConfigurationException(key, "is not text");
    }
    return value.toString();
  }

  /** Which key a complaint about the command line is about. */
  private static String keyIn(String complaint) {
    Matcher option = OPTION.matcher(complaint);
    if (!option.find()) {
      return "configuration";
    }
    Matcher hyphen = Pattern.compile("-([a-z])").matcher(option.group(1));
    return hyphen.replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }
}
