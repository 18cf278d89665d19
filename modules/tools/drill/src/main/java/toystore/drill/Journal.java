package toystore.drill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import toystore.history.HistoryRecorder;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

/**
 * What clients saw in one round, and the orders that they were promised in all rounds. Written by
 * the clients' event loop; read when the clients have stopped.
 */
final class Journal {
  /** By then every replica that is up has been told, as long as most of them are. */
  private static final long UNTIL_KNOWN_NS = 1_000_000_000;

  private final Map<Long, Order> promised;
  private final LongSupplier clockNs;
  private final Random chance;
  private final Map<String, PurchaseRequest> lastBegun = new HashMap<>();
  private final Map<Long, String> keyOf = new HashMap<>();
  private final Map<Long, Long> promisedAtNs = new HashMap<>();
  private final HistoryRecorder recorder = new HistoryRecorder(System::nanoTime);
  private final List<FailedRequest> failures = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private final List<String> doubled = new ArrayList<>();
  private final AtomicLong answered = new AtomicLong();
  private long[] purchaseEnds = new long[1_024];
  private int purchases;
  private long promisedNow;
  /** Written before {@link #isDisturbed}. */
  private long faultNs;

  private volatile boolean isDisturbed;
  private long slowestNs;

  /**
   * @param promised of all rounds so far; grows
   * @param seed of which numbers are looked up
   */
  Journal(Map<Long, Order> promised, long seed, LongSupplier clockNs) {
    this.promised = promised;
    this.chance = new Random(seed);
    this.clockNs = clockNs;
  }

  static Map<Long, Order> noPromises() {
    return new ConcurrentHashMap<>();
  }

  HistoryRecorder recorder() {
    return recorder;
  }

  void served(long callNs) {
    slowestNs = Math.max(slowestNs, System.nanoTime() - callNs);
    answered.incrementAndGet();
  }

  void purchaseServed() {
    if (purchases == purchaseEnds.length) {
      purchaseEnds = Arrays.copyOf(purchaseEnds, 2 * purchases);
    }
    purchaseEnds[purchases++] = System.nanoTime();
  }

  void began(PurchaseRequest purchase) {
    lastBegun.put(purchase.name(), purchase);
  }

  /** The purchase of this toy that somebody began last, decided or not. */
  Optional<PurchaseRequest> lastBegun(String toy) {
    return Optional.ofNullable(lastBegun.get(toy));
  }

  /** A client is told the number of the purchase with this key. */
  void promise(String key, Order order) {
    Order before = promised.putIfAbsent(order.number(), order);
    if (before == null) {
      promisedAtNs.put(order.number(), clockNs.getAsLong());
      promisedNow++;
      keyOf.put(order.number(), key);
    } else if (!key.equals(keyOf.get(order.number()))) {
      doubled.add("order number " + order.number() + " was given twice");
    }
  }

  /** The fault begins: from here on replicas may be missing. */
  void disturbed() {
    faultNs = clockNs.getAsLong();
    isDisturbed = true;
  }

  /**
   * Whether each single replica can be expected to know this order. An acknowledged order is on a
   * majority's disks; where that is lost soon after, who is left may not have heard of it.
   */
  boolean isKnownEverywhere(long number) {
    Long atNs = promisedAtNs.get(number);
    boolean ofAnEarlierRound = atNs == null;
    return promised.containsKey(number)
        && (ofAnEarlierRound || isDisturbed && faultNs - atNs >= UNTIL_KNOWN_NS);
  }

  void failed(FailedRequest failure) {
    failures.add(failure);
    slowestNs = Math.max(slowestNs, failure.returnNs() - failure.callNs());
  }

  /** An answer that no state of the store explains. */
  void wrong(String answer) {
    wrong.add(answer);
  }

  /** An order number that was given, or is a little too high. */
  long someNumber() {
    return chance.nextInt(promised.size() + 3);
  }

  long answered() {
    return answered.get();
  }

  List<FailedRequest> failures() {
    return failures;
  }

  /** Order numbers that were given to two purchases. */
  List<String> doubled() {
    return doubled;
  }

  List<String> wrong() {
    return wrong;
  }

  /** Orders acknowledged in this round. */
  long promisedNow() {
    return promisedNow;
  }

  long slowestMs() {
    return slowestNs / 1_000_000;
  }

  /** The longest time between these instants in which no purchase was answered. */
  long longestGapMs(long fromNs, long toNs) {
    long last = fromNs;
    long longest = 0;
    for (int i = 0; i < purchases && purchaseEnds[i] - toNs <= 0; i++) {
      if (purchaseEnds[i] - fromNs > 0) {
        longest = Math.max(longest, purchaseEnds[i] - last);
        last = purchaseEnds[i];
      }
    }
    return Math.max(longest, toNs - last) / 1_000_000;
  }

  /** Refusals of requests sent between these instants that took longer than that. */
  List<FailedRequest> slowRefusals(long fromNs, long toNs, long limitMs) {
    return failures.stream()
        .filter(failure -> failure.status() == Shopper.UNAVAILABLE
            && failure.callNs() - fromNs >= 0
            && failure.callNs() - toNs <= 0
            && failure.returnNs() - failure.callNs() > limitMs * 1_000_000)
        .toList();
  }

  /** Requests that failed outside of these instants, or otherwise than their excuse allows. */
  List<FailedRequest> unexcused(
      Function<FailedRequest, AllowedFailures> excuse, long fromNs, long toNs) {
    return failures.stream()
        .filter(failure -> !failure.overlaps(fromNs, toNs)
            || !excuse.apply(failure).covers(failure.type(), failure.status(), failure.known()))
        .toList();
  }
}
