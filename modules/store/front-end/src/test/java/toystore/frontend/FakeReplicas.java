package toystore.frontend;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import toystore.edge.InternalServer;
import toystore.edge.NotLeaderException;
import toystore.edge.Token;
import toystore.model.EngineName;
import toystore.model.KnownLeader;
import toystore.model.LogPosition;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.ReplicaHealth;
import toystore.model.Role;
import toystore.model.StoreError;
import toystore.purchase.OrderMessages.Appointed;
import toystore.purchase.OrderMessages.Appointment;
import toystore.purchase.OrderMessages.Buy;
import toystore.purchase.OrderMessages.BuyOutcome;
import toystore.purchase.OrderMessages.BuyOutcomes;
import toystore.purchase.OrderMessages.OrderQuery;
import toystore.purchase.OrderMessages.QueryOutcome;
import toystore.purchase.OrderMessages.QueryOutcomes;
import toystore.replication.LogGlance;

/**
 * Three replicas that speak the internal protocol and share one log, as if replication were
 * perfect. What they are told to do wrong, they do.
 */
final class FakeReplicas {
  private final Vertx vertx;
  private final Token token;
  private final Map<Integer, Replica> replicas = new LinkedHashMap<>();
  private final List<Order> orders = new ArrayList<>();
  private final Map<String, PurchaseRequest> requests = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final List<String> keysSeen = new ArrayList<>();
  private final Set<Integer> silent = new HashSet<>();
  private final Set<Integer> unchecked = new HashSet<>();
  private final List<Runnable> queriesHeld = new ArrayList<>();
  private boolean holdsQueries;
  private boolean appliesWithoutAnswer;
  private boolean catalogGone;
  private boolean catalogFull;

  FakeReplicas(Vertx vertx, Token token) {
    this.vertx = vertx;
    this.token = token;
    for (int id = 1; id <= 3; id++) {
      replicas.put(id, new Replica(id));
    }
  }

  Future<Void> start() {
    return Future.all(replicas.keySet().stream().map(this::start).toList()).mapEmpty();
  }

  Future<Void> start(int id) {
    return replicas.get(id).start();
  }

  /** Refuses connections from now on, like a dead process. */
  Future<Void> kill(int id) {
    synchronized (this) {
      silent.add(id); // What it was asked already has no answer either.
    }
    return replicas.get(id).server.shutdown();
  }

  /** Takes requests and answers none, like a stopped process. */
  synchronized void pause(int id) {
    silent.add(id);
  }

  synchronized void resume(int id) {
    silent.remove(id);
  }

  /** Queries are answered only when they are let go. */
  synchronized void holdQueries() {
    holdsQueries = true;
  }

  synchronized int queriesHeld() {
    return queriesHeld.size();
  }

  synchronized void letQueriesGo() {
    holdsQueries = false;
    queriesHeld.forEach(Runnable::run);
    queriesHeld.clear();
  }

  /** This replica loses its leadership, and nobody else gains it. */
  synchronized void depose(int id) {
    replicas.get(id).role = Role.FOLLOWER;
  }

  /** This replica leads the epoch, and all that are not silent know it. */
  synchronized void lead(int id, long epoch) {
    replicas.values().stream().filter(each -> !silent.contains(each.id)).forEach(each -> {
      each.promised = epoch;
      each.leader = id;
      each.role = each.id == id ? Role.LEADER : Role.FOLLOWER;
    });
  }

  /** Answers all but health checks from now on. */
  synchronized void ignoreChecks(int id) {
    unchecked.add(id);
  }

  /** Purchases are made, but their answers get lost. */
  synchronized void loseAnswers() {
    appliesWithoutAnswer = true;
  }

  synchronized void answerAgain() {
    appliesWithoutAnswer = false;
  }

  synchronized void setCatalogGone(boolean gone) {
    catalogGone = gone;
  }

  /** The catalog decides on no new key, and repeats the old decisions. */
  synchronized void setCatalogFull(boolean full) {
    catalogFull = full;
  }

  int port(int id) {
    return replicas.get(id).port;
  }

  synchronized int leader() {
    return replicas.values().stream()
        .filter(replica -> replica.role == Role.LEADER && !silent.contains(replica.id))
        .map(replica -> replica.id)
        .findFirst()
        .orElse(0);
  }

  synchronized List<Order> orders() {
    return List.copyOf(orders);
  }

  synchronized List<String> keysSeen() {
    return List.copyOf(keysSeen);
  }

  private synchronized boolean majority() {
    return replicas.values().stream().filter(r -> !silent.contains(r.id)).count() >= 2;
  }

  private synchronized BuyOutcome buy(PurchaseRequest request) {
    keysSeen.add(request.key());
    PurchaseRequest earlier = requests.get(request.key());
    if (earlier != null && !earlier.sameBody(request)) {
      return BuyOutcome.failed(StoreError.KEY_REUSED, "other body");
    }
    if (numbers.containsKey(request.key())) {
      return BuyOutcome.ordered(numbers.get(request.key()));
    }
    if (catalogGone) {
      return BuyOutcome.failed(StoreError.UNAVAILABLE, "no catalog");
    }
    if (catalogFull) {
      return BuyOutcome.failed(StoreError.FULL, "no room");
    }
    if ("Whale".equals(request.name())) {
      return BuyOutcome.failed(StoreError.OUT_OF_STOCK, "none left");
    }
    if (!"Tux".equals(request.name())) {
      return BuyOutcome.failed(StoreError.TOY_NOT_FOUND, "unknown");
    }
    long number = orders.size();
    orders.add(new Order(number, request.name(), request.quantity()));
    requests.put(request.key(), request);
    numbers.put(request.key(), number);
    return BuyOutcome.ordered(number);
  }

  /** This replica must not lead, and says why. */
  void hasTrouble(int id, String words) {
    replicas.get(id).trouble = words;
  }

  private final class Replica {
    private String trouble;
    private final int id;
    private Role role = Role.FOLLOWER;
    private long promised;
    private int leader;
    private int port;
    private InternalServer server;

    Replica(int id) {
      this.id = id;
    }

    Future<Void> start() {
      synchronized (FakeReplicas.this) {
        silent.remove(id);
        role = Role.FOLLOWER;
      }
      server = new InternalServer(vertx, token, Optional.empty())
          .get("/health", () -> unlessSilent(() -> unlessUnchecked(this::health)))
          .post("/appoint", Appointment.class, appoint -> unlessSilent(() -> appoint(appoint)))
          .post("/buy", Buy.class, buy -> unlessSilent(() -> buyAll(buy)))
          .post("/query", OrderQuery.class, query -> unlessSilent(() -> find(query)))
          .get("/glance", () -> unlessSilent(this::glance));
      return server.listen("127.0.0.1", port).onSuccess(found -> port = found).mapEmpty();
    }

    private <T> Future<T> unlessSilent(Supplier<Future<T>> action) {
      synchronized (FakeReplicas.this) {
        return silent.contains(id) ? Promise.<T>promise().future() : action.get();
      }
    }

    private <T> Future<T> unlessUnchecked(Supplier<Future<T>> action) {
      return unchecked.contains(id) ? Promise.<T>promise().future() : action.get();
    }

    private Future<ReplicaHealth> health() {
      boolean leads = role == Role.LEADER;
      boolean serves = leads && majority() && !catalogGone;
      long last = orders.size();
      return Future.succeededFuture(ReplicaHealth.of(id, EngineName.PRIMARY_BACKUP, role)
          .knows(leader, promised)
          .log(new LogPosition(last == 0 ? 0 : Math.max(1, promised), last), last)
          .ready(leads)
          .serving(serves)
          .trouble(trouble)
          .catalogClockMs(1)
          .build());
    }

    private Future<LogGlance> glance() {
      long last = orders.size();
      return Future.succeededFuture(new LogGlance(
          role,
          promised,
          last,
          last,
          last,
          last,
          orders.stream()
              .map(order -> new LogGlance.LogLine(
                  order.number() + 1, promised, order.number(), order.name(), order.quantity()))
              .toList()));
    }

    private Future<Appointed> appoint(Appointment appoint) {
      boolean accepted = appoint.epoch() > promised;
      if (accepted) {
        promised = appoint.epoch();
        leader = appoint.leader();
        role = appoint.leader() == id ? Role.LEADER : Role.FOLLOWER;
      }
      return Future.succeededFuture(new Appointed(accepted, promised, appoint.leader()));
    }

    private Future<BuyOutcomes> buyAll(Buy buy) {
      if (role != Role.LEADER) {
        return Future.failedFuture(new NotLeaderException(known(), "not I"));
      }
      if (!majority()) {
        return Promise.<BuyOutcomes>promise().future();
      }
      List<BuyOutcome> outcomes =
          buy.requests().stream().map(FakeReplicas.this::buy).toList();
      return appliesWithoutAnswer
          ? Promise.<BuyOutcomes>promise().future()
          : Future.succeededFuture(new BuyOutcomes(outcomes));
    }

    private Future<QueryOutcomes> find(OrderQuery query) {
      QueryOutcomes outcomes =
          new QueryOutcomes(query.numbers().stream().map(this::find).toList(), known());
      if (!holdsQueries) {
        return Future.succeededFuture(outcomes);
      }
      Promise<QueryOutcomes> held = Promise.promise();
      queriesHeld.add(() -> held.complete(outcomes));
      return held.future();
    }

    private KnownLeader known() {
      return new KnownLeader(leader, promised);
    }

    private QueryOutcome find(long number) {
      if (number < orders.size()) {
        return QueryOutcome.found(orders.get((int) number));
      }
      return QueryOutcome.failed(
          role != Role.LEADER
              ? StoreError.NOT_LEADER
              : majority() ? StoreError.ORDER_NOT_FOUND : StoreError.UNAVAILABLE);
    }
  }
}
