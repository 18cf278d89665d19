package toystore.edge;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;

/** A real event loop. */
final class VertxLoop implements Loop {
  private final Vertx vertx;
  private final Context context;

  VertxLoop(Vertx vertx) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    // Vert.x runs a timer where it is set: set on another thread, it would run beside this loop.
    if (!Context.isOnEventLoopThread()) {
      throw new IllegalStateException("a timer is set off its event loop");
    }
    long id = vertx.setTimer(Math.max(1, delay.toMillis()), fired -> action.run());
    return () -> vertx.cancelTimer(id);
  }

  @Override
  public void execute(Runnable action) {
    context.runOnContext(go -> action.run());
  }
}
