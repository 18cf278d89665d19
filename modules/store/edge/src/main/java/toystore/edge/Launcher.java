package toystore.edge;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main behind {@code bin/vertx run <verticle> -conf <file>}. SIGTERM undeploys the verticle and
 * ends with status 0. Vert.x's own launchers start with an empty configuration when the file is
 * missing or broken, and take a tenth of a start for options that nobody gives here (decision
 * 0050).
 */
public final class Launcher {
  private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);
  private static final int USAGE = 2;
  private static final int STOP_MINUTES = 2;

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
    run(words.get(0), file, read(file));
  }

  private static JsonObject read(Path file) {
    try {
      return ConfigurationFile.object(file);
    } catch (StartException e) {
      fail(e.getMessage(), 1);
      throw e; // Never reached: the process has ended.
    }
  }

  private static void run(String verticle, Path file, JsonObject configuration) {
    Vertx vertx = VertxFigures.counting(new VertxOptions(), System.getenv(VertxFigures.VARIABLE))
        .build();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(vertx)));
    Predecessor.awaitEnd(System.getenv(Predecessor.VARIABLE));
    vertx
        .deployVerticle(verticle, new DeploymentOptions().setConfig(configuration))
        .onSuccess(deployed -> ReadyNotice.send(
            vertx, System.getenv("NOTIFY_SOCKET"), List.of("systemd-notify", "--ready")))
        .onFailure(failure -> failedToStart(file, failure));
  }

  private static void failedToStart(Path file, Throwable failure) {
    LOG.debug("start failed", failure);
    String what = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    fail(failure instanceof ConfigurationException ? file + ": " + what : what, 1);
  }

  private static void fail(String message, int status) {
    LOG.error(message);
    ProcessEnd.with(status);
  }

  /** On the thread that the JVM has for its end; once it returns, nothing is waited for. */
  private static void stop(Vertx vertx) {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(STOP_MINUTES, TimeUnit.MINUTES);
      ProcessEnd.with(0);
    } catch (ExecutionException e) {
      ProcessEnd.fatal(LOG, "stop failed", e.getCause());
    } catch (TimeoutException | InterruptedException e) {
      ProcessEnd.fatal(LOG, "stop failed", e);
    }
  }
}
