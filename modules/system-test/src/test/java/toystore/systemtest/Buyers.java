package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Customers who buy as fast as they are served, until told to stop. */
final class Buyers {
  private static final List<String> TOYS =
      List.of("Tux", "Fox", "Python", "Whale", "Elephant", "Dolphin");

  private final URI store;
  private final ExecutorService threads;
  private final List<Future<Receipts>> running = new ArrayList<>();
  private final AtomicInteger bought = new AtomicInteger();
  private volatile boolean stopped;

  private Buyers(URI store, int count) {
    this.store = store;
    this.threads = Executors.newFixedThreadPool(count);
    CountDownLatch buying = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      Random random = new Random(i);
      running.add(threads.submit(() -> buy(random, buying)));
    }
    RunningStore.until("all buyers have bought once", () -> buying.getCount() == 0);
  }

  /** Starts them, and waits until each has bought once. */
  static Buyers start(URI store, int count) {
    return new Buyers(store, count);
  }

  /** Waits until so many more purchases were answered: the store is at work. */
  void awaitMore(int purchases) {
    int target = bought.get() + purchases;
    RunningStore.until(purchases + " more purchases", () -> bought.get() >= target);
  }

  /** Stops them; what they have to show. */
  Receipts stop() throws Exception {
    stopped = true;
    threads.shutdown();
    Receipts all = new Receipts(new HashMap<>(), new ArrayList<>());
    for (Future<Receipts> one : running) {
      Receipts receipts = one.get(30, TimeUnit.SECONDS);
      receipts.toyByOrder().forEach((number, toy) -> all.add(number, toy));
      all.failures().addAll(receipts.failures());
    }
    return all;
  }

  private Receipts buy(Random random, CountDownLatch buying) {
    Receipts receipts = new Receipts(new HashMap<>(), new ArrayList<>());
    Shop shop = new Shop(store);
    while (!stopped) {
      String toy = TOYS.get(random.nextInt(TOYS.size()));
      Shop.Answer answer = shop.buy(toy, 1);
      if (answer.status() == 200) {
        receipts.add(answer.orderNumber(), toy);
      } else {
        receipts.failures().add(answer.toString());
      }
      bought.incrementAndGet();
      buying.countDown();
    }
    return receipts;
  }

  /** Acknowledged orders, and answers that were none. */
  record Receipts(Map<Long, String> toyByOrder, List<String> failures) {
    private void add(long number, String toy) {
      if (toyByOrder.put(number, toy) != null) {
        failures.add("order number " + number + " was given twice");
      }
    }

    /** Looks every order up. */
    void assertAllKept(Shop shop) {
      toyByOrder.forEach((number, toy) -> assertEquals(
          "{\"data\":{\"number\":" + number + ",\"name\":\"" + toy + "\",\"quantity\":1}}",
          shop.order(number).response().body()));
    }
  }
}
