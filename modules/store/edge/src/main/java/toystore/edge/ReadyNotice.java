package toystore.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that this service is ready, so that units ordered behind it start only then
 * (sd_notify(3), Type=notify). Does nothing where systemd did not start the process.
 *
 * <p>By systemd's own program: Java has no datagram sockets of the Unix kind.
 */
final class ReadyNotice {
  private static final Logger LOG = LoggerFactory.getLogger(ReadyNotice.class);
  private static final int PATIENCE_SECONDS = 20;

  private ReadyNotice() {}

  /**
   * Off the event loop; a failure is logged, and systemd then ends the service after its own limit.
   */
  static Future<Void> send(Vertx vertx, String notifySocket, List<String> program) {
    return notifySocket == null || notifySocket.isEmpty()
        ? Future.succeededFuture()
        : vertx
            .<Void>executeBlocking(() -> run(program))
            .onFailure(failure -> LOG.warn("systemd was not told: {}", failure.toString()));
  }

  private static Void run(List<String> program) throws IOException, InterruptedException {
    Process told = new ProcessBuilder(program).inheritIO().start();
    if (!told.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      told.destroyForcibly();
      throw new IOException(program.get(0) + " did not end within " + PATIENCE_SECONDS + " s");
    }
    if (told.exitValue() != 0) {
      throw new IOException(program.get(0) + " ended with status " + told.exitValue());
    }
    return null;
  }
}
