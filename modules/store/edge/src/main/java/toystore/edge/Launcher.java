package toystore.edge;

import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.launcher.application.HookContext;
import io.vertx.launcher.application.VertxApplication;
import io.vertx.launcher.application.VertxApplicationHooks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main behind {@code bin/vertx run <verticle> -conf <file>}. Vert.x's own launcher starts with
 * an empty configuration when the file is missing or broken; this one says so and ends. SIGTERM
 * undeploys the verticle and ends with status 0.
 */
public final class Launcher {
  private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);
  private static final int USAGE = 2;

  private Launcher() {}

  public static void main(String[] args) {
    List<String> words = new ArrayList<>(Arrays.asList(args));
    if (words.size() < 2 || !"run".equals(words.remove(0)) || words.get(0).startsWith("-")) {
      fail("usage: bin/vertx run <verticle> -conf <file>", USAGE);
    }
    int option = Math.max(words.indexOf("-conf"), words.indexOf("--conf"));
    if (option < 0 || option + 1 == words.size()) {
      fail("usage: bin/vertx run <verticle> -conf <file>", USAGE);
    }
    Verticles.complaint(words.get(0)).ifPresent(complaint -> fail(complaint, 1));
    Path file = Path.of(words.get(option + 1));
    JsonObject configuration = read(file);
    // Only the verticle's name is left: everything else is in its configuration.
    int status =
        new VertxApplication(new String[] {words.get(0)}, new Hooks(file, configuration)).launch();
    if (status != 0) {
      ProcessEnd.with(status);
    }
  }

  private static JsonObject read(Path file) {
    try {
      return ConfigurationFile.object(file);
    } catch (StartException e) {
      fail(e.getMessage(), 1);
      throw e; // Never reached: the process has ended.
    }
  }

  private static void fail(String message, int status) {
    LOG.error(message);
    ProcessEnd.with(status);
  }

  private record Hooks(Path file, JsonObject configuration) implements VertxApplicationHooks {
    @Override
    public JsonObject afterConfigParsed(JsonObject ignored) {
      return configuration;
    }

    @Override
    public void beforeDeployingVerticle(HookContext context) {
      Predecessor.awaitEnd(System.getenv(Predecessor.VARIABLE));
    }

    @Override
    public VertxBuilder createVertxBuilder(VertxOptions options) {
      return VertxFigures.counting(options, System.getenv(VertxFigures.VARIABLE));
    }

    @Override
    public void afterVerticleDeployed(HookContext context) {
      ReadyNotice.send(
          context.vertx(), System.getenv("NOTIFY_SOCKET"), List.of("systemd-notify", "--ready"));
    }

    @Override
    public void afterFailureToDeployVerticle(HookContext context, Throwable failure) {
      LOG.debug("start failed", failure);
      String what = failure.getMessage() == null ? failure.toString() : failure.getMessage();
      fail(failure instanceof ConfigurationException ? file + ": " + what : what, 1);
    }

    @Override
    public void afterVertxStopped(HookContext context) {
      ProcessEnd.with(0);
    }

    @Override
    public void afterFailureToStopVertx(HookContext context, Throwable failure) {
      ProcessEnd.fatal(LOG, "stop failed", failure);
    }
  }
}
