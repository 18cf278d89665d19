package toystore.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

/** Makes histories of a store that is correct but for the fault planted in it. */
final class StoreSimulation {
  enum Fault {
    NONE,
    STALE_READ,
    LOST_DECREMENT,
    DOUBLED_DECREMENT,
    DOUBLED_ORDER,
    REFUSED_BUT_SOLD,
    REFUSED_THOUGH_ENOUGH,
    NOT_FOUND_AFTER_SUCCESS,
    NUMBER_CHANGED,
    NUMBER_GIVEN_TWICE,
    ORDER_CHANGED
  }

  private final Random random;
  private final Setting setting;
  private final Fault fault;
  private final int faultAt;
  private final List<Operation> operations = new ArrayList<>();
  private final List<Order> orders = new ArrayList<>();
  private final Map<String, Long> stock = new HashMap<>();
  private final Map<String, Long> formerStock = new HashMap<>();
  private final Map<String, Long> decided = new HashMap<>();
  private boolean planted;

  private StoreSimulation(long seed, Setting setting, Fault fault) {
    this.random = new Random(seed);
    this.setting = setting;
    this.fault = fault;
    this.faultAt = setting.requests() / 2;
  }

  static History run(long seed, Setting setting, Fault fault) {
    return new StoreSimulation(seed, setting, fault).run();
  }

  private History run() {
    Map<String, ToyStart> starts = new HashMap<>();
    for (int toy = 0; toy < setting.toys(); toy++) {
      starts.put("toy" + toy, new ToyStart("toy" + toy, setting.stock(), setting.stock()));
      stock.put("toy" + toy, setting.stock());
    }
    List<Request> requests = new ArrayList<>();
    for (int client = 0; client < setting.clients(); client++) {
      addRequests(client, requests);
    }
    requests.sort(Comparator.comparingLong(Request::effectNs));
    for (int i = 0; i < requests.size(); i++) {
      execute(requests.get(i), i >= faultAt && !planted);
    }
    return new History(0, starts, operations, true);
  }

  private void addRequests(int client, List<Request> requests) {
    long now = random.nextInt(1_000);
    PurchaseRequest retried = null;
    for (int i = 0; i < setting.requests() / setting.clients(); i++) {
      long call = now + random.nextInt(200);
      long effect = call + random.nextInt(1_000);
      long end = effect + random.nextInt(1_000);
      boolean buys = retried != null || random.nextInt(100) < 45;
      String toy = "toy" + random.nextInt(setting.toys());
      PurchaseRequest purchase = retried != null || !buys
          ? retried
          : new PurchaseRequest(client + "-" + i, toy, 1 + random.nextInt(setting.maxQuantity()));
      boolean unknown = buys && random.nextDouble() < setting.unknown();
      if (unknown) {
        effect = random.nextBoolean() ? call + random.nextInt(20_000) : Operation.NEVER;
      }
      requests.add(new Request(client, toy, purchase, call, effect, end, unknown));
      retried = unknown && random.nextBoolean() ? purchase : null;
      now = end;
    }
  }

  private void execute(Request request, boolean faulty) {
    String toy = request.toy();
    if (stock.get(toy) == 0 && random.nextInt(4) == 0) {
      stock.put(toy, setting.stock());
    }
    if (request.purchase() != null) {
      buy(request, request.purchase(), faulty);
    } else if (random.nextInt(4) > 0 || orders.isEmpty()) {
      query(request, faulty);
    } else {
      orderQuery(request, faulty);
    }
  }

  private void query(Request request, boolean faulty) {
    long seen = stock.get(request.toy());
    long former = formerStock.getOrDefault(request.toy(), seen);
    if (faulty && fault == Fault.STALE_READ && Math.abs(former - seen) > 40) {
      seen = former;
      planted = true;
    } else if (random.nextInt(60) == 0) {
      formerStock.put(request.toy(), seen);
    }
    operations.add(
        Operations.query(request.client(), request.toy(), seen, request.callNs(), request.endNs()));
  }

  private void orderQuery(Request request, boolean faulty) {
    int number = random.nextInt(orders.size() + 1);
    boolean old = number < orders.size() - 40;
    boolean lost = old && faulty && fault == Fault.NOT_FOUND_AFTER_SUCCESS;
    boolean changed = old && faulty && fault == Fault.ORDER_CHANGED;
    planted |= lost || changed;
    if (number == orders.size() || lost) {
      operations.add(
          Operations.notFound(request.client(), number, request.callNs(), request.endNs()));
    } else {
      Order order = orders.get(number);
      Order shown = changed ? new Order(number, order.name(), order.quantity() + 1) : order;
      operations.add(Operations.found(request.client(), shown, request.callNs(), request.endNs()));
    }
  }

  private void buy(Request request, PurchaseRequest purchase, boolean faulty) {
    if (request.effectNs() != Operation.NEVER) {
      decided.computeIfAbsent(purchase.key(), key -> decide(purchase, faulty));
    }
    if (request.unknown()) {
      operations.add(Operations.unknown(request.client(), purchase, request.callNs()));
      return;
    }
    long number = decided.get(purchase.key());
    if (number < 0) {
      operations.add(
          Operations.outOfStock(request.client(), purchase, request.callNs(), request.endNs()));
    } else {
      operations.add(ordered(request, purchase, number, request.endNs()));
      plantAfterOrder(request, purchase, number, faulty);
    }
  }

  private long decide(PurchaseRequest purchase, boolean faulty) {
    long left = stock.get(purchase.name()) - purchase.quantity();
    // Far from 0 on both sides: neither sales nor a restock in the same instants explain it.
    boolean refuse = faulty && fault == Fault.REFUSED_THOUGH_ENOUGH && left > 45 && left < 55;
    planted |= refuse;
    if (left < 0 || refuse) {
      return -1;
    }
    boolean lost = faulty && fault == Fault.LOST_DECREMENT;
    boolean twice = faulty && fault == Fault.DOUBLED_DECREMENT && left > purchase.quantity();
    planted |= lost || twice;
    stock.put(
        purchase.name(),
        lost ? left + purchase.quantity() : twice ? left - purchase.quantity() : left);
    orders.add(new Order(orders.size(), purchase.name(), purchase.quantity()));
    if (faulty && fault == Fault.DOUBLED_ORDER) {
      orders.add(new Order(orders.size(), purchase.name(), purchase.quantity()));
      planted = true;
    }
    return orders.size() - 1;
  }

  private void plantAfterOrder(
      Request request, PurchaseRequest purchase, long number, boolean faulty) {
    if (!faulty) {
      return;
    }
    long again = request.endNs() + 1;
    switch (fault) {
      case NUMBER_CHANGED -> operations.add(ordered(request, purchase, number + 1, again));
      case REFUSED_BUT_SOLD ->
        operations.add(Operations.outOfStock(request.client(), purchase, request.callNs(), again));
      case NUMBER_GIVEN_TWICE -> {
        PurchaseRequest other = new PurchaseRequest("other", purchase.name(), purchase.quantity());
        operations.add(ordered(request, other, number, again));
      }
      default -> {
        return;
      }
    }
    planted = true;
  }

  private static Operation ordered(
      Request request, PurchaseRequest purchase, long number, long endNs) {
    return Operations.ordered(request.client(), purchase, number, request.callNs(), endNs);
  }

  /** How large, and how busy. */
  record Setting(
      int clients, int requests, int toys, long stock, int maxQuantity, double unknown) {}

  private record Request(
      int client,
      String toy,
      PurchaseRequest purchase,
      long callNs,
      long effectNs,
      long endNs,
      boolean unknown) {}
}
