package toystore.frontend;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import toystore.console.ConsolePicture;
import toystore.edge.Loop;
import toystore.edge.WireFormat;

/**
 * What all consoles of this process get, on whatever event loop they are: it is gathered once,
 * encoded once, and only while a console is open. A frame says what has changed; who comes, or has
 * missed too many, first gets all of it. Owned by one event loop, but for what is said to be for
 * any thread.
 */
final class ConsoleFeed {
  private static final Duration PERIOD = Duration.ofMillis(100);
  /** So that consoles cost 500 frames a second in all, be they 50 or 500. */
  private static final int CONSOLES_A_PERIOD = 50;
  /** Who was away for a few seconds gets what it missed. */
  private static final int FRAMES_KEPT = 50;
  /** A browser whose stream ends opens another one after a second. */
  private static final String RETRY = "retry: 1000\n";

  private final Loop loop;
  private final ConsolePicture picture;
  private final Runnable gather;
  private final int limit;
  /** Names this run: numbers begin anew with each. */
  private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

  private final AtomicInteger open = new AtomicInteger();
  private final Set<ConsoleStreams> listeners = new LinkedHashSet<>();
  private final Deque<FeedFrame> recent = new ArrayDeque<>();
  private long number;
  private FeedFrame whole;
  private Loop.Timer timer = () -> {};
  private boolean isGathering;
  private int turns;

  private record FeedFrame(long number, Buffer bytes) {}

  /** Gets what a console must see first. */
  @FunctionalInterface
  interface ConsoleBeginning {
    void begin(String id, Buffer frames);
  }

  /**
   * @param gather asks the services how they are
   * @param limit consoles open at a time
   */
  ConsoleFeed(Loop loop, ConsolePicture picture, Runnable gather, int limit) {
    this.loop = loop;
    this.picture = picture;
    this.gather = gather;
    this.limit = limit;
  }

  /** Whether another console may open; it counts then until it has {@link #left}. Any thread. */
  boolean admit() {
    if (open.incrementAndGet() > limit) {
      open.decrementAndGet();
      return false;
    }
    return true;
  }

  /** How many consoles are open. Any thread. */
  int open() {
    return open.get();
  }

  /**
   * A console wants to see all frames from now on. Any thread.
   *
   * @param lastId of the last frame that it has seen; null for none
   */
  void join(ConsoleStreams streams, String lastId, ConsoleBeginning beginning) {
    loop.execute(() -> {
      listeners.add(streams);
      startGathering();
      publish();
      beginning.begin(id(number), missed(lastId));
    });
  }

  /** A console is gone. Any thread. */
  void left(ConsoleStreams streams, boolean wasLast) {
    open.decrementAndGet();
    if (wasLast) {
      loop.execute(() -> forgetIfEmpty(streams));
    }
  }

  private void forgetIfEmpty(ConsoleStreams streams) {
    if (open.get() == 0) {
      listeners.clear();
      isGathering = false;
      timer.cancel();
      recent.clear();
    }
  }

  private void startGathering() {
    if (!isGathering) {
      isGathering = true;
      timer = loop.every(PERIOD, this::turn);
      gather.run();
    }
  }

  /** The more consoles, the fewer frames each of them gets; what happens is sent at once. */
  private void turn() {
    turns++;
    if (turns >= open.get() / CONSOLES_A_PERIOD) {
      turns = 0;
      publish();
      gather.run();
    }
  }

  /** Sends what has changed, now. */
  void publish() {
    Map<String, Object> changes = picture.takeChanges();
    if (changes.isEmpty()) {
      return;
    }
    number++;
    whole = null;
    if (isGathering) {
      Buffer bytes = encode("change", changes);
      recent.add(new FeedFrame(number, bytes));
      if (recent.size() > FRAMES_KEPT) {
        recent.remove();
      }
      String id = id(number);
      listeners.forEach(streams -> streams.deliver(id, bytes));
    }
  }

  private Buffer missed(String lastId) {
    long seen = numberOf(lastId);
    boolean isKnown = seen == number || !recent.isEmpty() && recent.peek().number() <= seen + 1;
    if (seen < 0 || seen > number || !isKnown) {
      return whole();
    }
    Buffer frames = Buffer.buffer(":\n\n");
    recent.stream()
        .filter(frame -> frame.number() > seen)
        .forEach(frame -> frames.appendBuffer(frame.bytes()));
    return frames;
  }

  private Buffer whole() {
    if (whole == null) {
      Buffer bytes = encode("state", picture.all(System.currentTimeMillis()));
      whole = new FeedFrame(number, Buffer.buffer(RETRY).appendBuffer(bytes));
    }
    return whole.bytes();
  }

  private Buffer encode(String event, Map<String, Object> data) {
    return Buffer.buffer("id: " + id(number) + "\nevent: " + event + "\ndata: ")
        .appendBuffer(WireFormat.encode(data))
        .appendString("\n\n");
  }

  private String id(long of) {
    return run + "-" + of;
  }

  /** -1 for one of another run, and for none at all. */
  private long numberOf(String id) {
    String prefix = run + "-";
    if (id == null || !id.startsWith(prefix) || id.length() > prefix.length() + 15) {
      return -1;
    }
    String digits = id.substring(prefix.length());
    return !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Long.parseLong(digits)
        : -1;
  }

  void stop() {
    timer.cancel();
  }
}
