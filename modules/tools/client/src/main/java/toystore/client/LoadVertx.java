package toystore.client;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.TimeUnit;

/** Vert.x for programs that put load on a store, often on the same, busy machine. */
public final class LoadVertx {
  private LoadVertx() {}

  /**
   * With so many event loops. Vert.x's own watch over blocked threads is as good as off: where
   * eight programs want two cores every thread looks blocked, and its stack says nothing. How late
   * a loop was is measured ({@link Lateness}), and reported where it matters.
   */
  public static Vertx of(int loops) {
    return Vertx.vertx(new VertxOptions()
        .setEventLoopPoolSize(loops)
        .setBlockedThreadCheckInterval(1)
        .setBlockedThreadCheckIntervalUnit(TimeUnit.HOURS)
        .setMaxEventLoopExecuteTime(1)
        .setMaxEventLoopExecuteTimeUnit(TimeUnit.HOURS)
        .setMaxWorkerExecuteTime(1)
        .setMaxWorkerExecuteTimeUnit(TimeUnit.HOURS));
  }
}
