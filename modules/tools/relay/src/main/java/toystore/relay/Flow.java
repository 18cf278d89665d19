package toystore.relay;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The bytes of one connection in one direction, in order. Owned by one event loop.
 *
 * <p>A cut does not show: neither end is closed. What comes meanwhile is either kept and arrives
 * after the cut, as a message that the network delayed, or lost; a connection that has lost
 * something ends with the cut, as TCP would give it up.
 */
public final class Flow {
  /** What becomes of bytes that come. */
  public enum FlowMode {
    OPEN,
    HOLD,
    LOSE
  }

  private static final int MAX_KEPT_BYTES = 4 << 20;

  private record Chunk(Buffer bytes, long dueNs) {}

  private final Vertx vertx;
  private final NetSocket from;
  private final NetSocket to;
  private final Runnable onEnd;
  private final Deque<Chunk> kept = new ArrayDeque<>();
  private int keptBytes;
  private FlowMode mode = FlowMode.OPEN;
  private long delayMs;
  private boolean hasLost;
  private boolean ended;
  private boolean waits;

  /**
   * Begins to pass bytes on.
   *
   * @param onEnd called when the end of these bytes has been passed on, too
   */
  Flow(Vertx vertx, NetSocket from, NetSocket to, Runnable onEnd) {
    this.vertx = vertx;
    this.onEnd = onEnd;
    this.from = from;
    this.to = to;
    from.handler(this::arrived);
    from.closeHandler(closed -> {
      ended = true;
      pass();
    });
    from.exceptionHandler(broken -> {}); // It is closed then, and that is passed on.
    to.drainHandler(drained -> from.resume());
  }

  void set(FlowMode next, long nextDelayMs) {
    mode = next;
    delayMs = nextDelayMs;
    if (mode == FlowMode.OPEN) {
      if (hasLost) {
        from.close();
        to.close();
      } else {
        from.resume();
        pass();
      }
    }
  }

  private void arrived(Buffer bytes) {
    if (mode == FlowMode.LOSE) {
      hasLost = true;
      return;
    }
    if (mode == FlowMode.OPEN && delayMs == 0 && kept.isEmpty()) {
      write(bytes);
      return;
    }
    kept.add(new Chunk(bytes, System.nanoTime() + delayMs * 1_000_000));
    keptBytes += bytes.length();
    if (keptBytes > MAX_KEPT_BYTES) {
      from.pause();
    }
    pass();
  }

  /** One timer for the oldest only: a timer for each would let bytes overtake each other. */
  private void pass() {
    if (mode != FlowMode.OPEN || waits) {
      return;
    }
    while (!kept.isEmpty()) {
      long aheadMs = (kept.peek().dueNs - System.nanoTime()) / 1_000_000;
      if (aheadMs > 0) {
        waits = true;
        vertx.setTimer(aheadMs, fired -> {
          waits = false;
          pass();
        });
        return;
      }
      Buffer bytes = kept.remove().bytes;
      keptBytes -= bytes.length();
      write(bytes);
    }
    if (ended) {
      to.close();
      onEnd.run();
    }
  }

  private void write(Buffer bytes) {
    to.write(bytes);
    if (to.writeQueueFull()) {
      from.pause();
    }
  }
}
