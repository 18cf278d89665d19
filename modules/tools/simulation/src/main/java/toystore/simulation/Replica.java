package toystore.simulation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import toystore.edge.CallFailure;
import toystore.edge.Loop;
import toystore.model.KnownLeader;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.ReplicaHealth;
import toystore.model.Role;
import toystore.model.StoreException;
import toystore.order.CatalogPort;
import toystore.order.OrderQueries;
import toystore.order.PeersPort;
import toystore.order.Proofs;
import toystore.order.PurchaseShell;
import toystore.order.ReplicaObserver;
import toystore.order.ReplicaShell;
import toystore.purchase.CatalogCall;
import toystore.purchase.LogOrders;
import toystore.purchase.OrderMessages.BuyOutcome;
import toystore.purchase.Purchases;
import toystore.replication.Effects.Fact;
import toystore.replication.Entry;
import toystore.replication.FencedCore;
import toystore.replication.Input;
import toystore.replication.Message;
import toystore.replication.OrderBook;
import toystore.replication.ReplicaCore;
import toystore.virtualtime.Violation;

/** An order replica: a core of either engine in the real shells, on a disk that may fail. */
final class Replica extends VirtualService implements PeersPort, CatalogPort, ReplicaObserver {
  final int id;
  private final ReplicaDisk disk;
  private final Loop loop = new VirtualLoop(this);
  private final OrderState state;
  private final ReplicaWriter writer;
  private final Set<Integer> peers;
  private ReplicaShell shell;
  private PurchaseShell purchases;
  private OrderQueries queries;
  private LogMirror log = new LogMirror();

  Replica(World world, int id, ReplicaDisk disk) {
    super(world, id - 1, "order-" + id);
    this.id = id;
    this.disk = disk;
    this.state = new OrderState(this);
    this.writer = new ReplicaWriter(this, disk, state);
    this.peers = world.members.stream().filter(member -> member != id).collect(Collectors.toSet());
  }

  ReplicaDisk disk() {
    return disk;
  }

  ReplicaCore.ReplicaStatus status() {
    return shell.status();
  }

  boolean leads() {
    return isUp() && status().role() == Role.LEADER;
  }

  OrderBook book() {
    return state.book();
  }

  PurchaseShell purchases() {
    return purchases;
  }

  OrderQueries queries() {
    return queries;
  }

  /** The log as the core holds it, durable or not. */
  LogMirror log() {
    return log;
  }

  /** Index up to which everything is in the book. */
  long applied() {
    return state.entries().size();
  }

  /** All that is in the book, as this replica applied it or found it on its disk. */
  List<Entry> state() {
    return state.entries();
  }

  /** All orders in the book, by number; each is the entry that made it. */
  List<Entry> orders() {
    return state.orders();
  }

  @Override
  protected void started() {
    ReplicaCore core = new FencedCore(new WatchedCore(this, state, disk.boot(world.chance.next())));
    log = disk.logAtBoot();
    state.load(disk);
    writer.open();
    world.log.booted(this);
    shell = new ReplicaShell(
        loop,
        id,
        new ReplicaShell.Parts(core, writer, state, state.book()),
        this,
        new Proofs(loop, Duration.ofMillis(Times.PROOF_TIMEOUT_MS)),
        this,
        this::broke);
    Purchases bought = new Purchases(
        Times.purchases(), world.chance.next(), LogOrders.of(state.book(), core::unapplied));
    purchases = new PurchaseShell(loop, id, shell, bought, this, this);
    shell.listen(new Watch());
    queries = new OrderQueries(
        state.book(),
        this::read,
        shell::status,
        () -> purchases.status().majorityLost(),
        shell::prove);
    purchases.start();
    tickLater();
  }

  /** In a later turn: what happens in between must make no difference. */
  private Future<List<Order>> read(List<Long> numbers) {
    Promise<List<Order>> orders = Promise.promise();
    loop.execute(() -> orders.complete(state.old(numbers)));
    return orders.future();
  }

  @Override
  protected void stopped() {
    writer.crash();
    world.trace.note(this, () -> "disk has " + disk.text());
  }

  private void broke(Throwable broken) {
    if (broken instanceof IllegalStateException || broken instanceof IllegalArgumentException) {
      throw world.broken(new Violation(this + " finds: " + broken.getMessage(), broken));
    }
    if (broken instanceof Error error) {
      throw error;
    }
    throw world.broken((RuntimeException) broken);
  }

  private void tickLater() {
    after(Times.REPLICA_TICK_MS + world.chance.between(-1, 1) + lateMs(), () -> {
      tickLater();
      shell.tick();
      purchases.tick();
    });
  }

  /** Messages are taken in meanwhile: that it hangs as a whole is another fault. */
  private int lateMs() {
    boolean late = world.plan.slowMachine() && !world.isCalm() && world.chance.oneIn(50);
    return late ? world.chance.below(Times.STALL_MS) : 0;
  }

  /** No write that begins from now on ends before so much time has passed. */
  void stickDisk(int forMs) {
    writer.stick(forMs);
  }

  void step(Input input) {
    shell.step(input);
  }

  Future<Void> appoint(Input.Appoint appoint) {
    return shell.stepDurably(appoint);
  }

  /** The outcome of one purchase; always well. */
  Future<BuyOutcome> buy(PurchaseRequest purchase, long seenMs) {
    return purchases
        .buy(List.of(purchase), List.of(seenMs))
        .map(outcomes -> outcomes.get(0))
        .otherwise(
            failure -> BuyOutcome.failed(((StoreException) failure).error(), failure.getMessage()));
  }

  @Override
  public Set<Integer> ids() {
    return peers;
  }

  @Override
  public Future<Message> send(Message request) {
    Promise<Message> reply = Promise.promise();
    Replica to = world.replica(request.to());
    world.network.<Message>call(
        this,
        to,
        "Replicate",
        Times.REPLICATE_TIMEOUT_MS,
        call -> to.shell.receive(request).onSuccess(call::answer),
        (answer, failure) -> {
          if (failure == null) {
            reply.complete(answer);
          } else {
            reply.fail(failure.name());
          }
        });
    return reply.future();
  }

  @Override
  public Future<?> ask(CatalogCall<?> call) {
    Promise<Object> end = Promise.promise();
    world.network.<CatalogProcess.CatalogAnswer>call(
        this,
        world.catalog,
        call.getClass().getSimpleName(),
        Times.CATALOG_TIMEOUT_MS,
        request -> world.catalog.serve(call, request),
        (answer, failure) -> {
          if (failure != null) {
            end.fail(new CallFailure(failure, failure.name(), null));
          } else if (answer.error() != null) {
            end.fail(new StoreException(answer.error(), answer.error().name()));
          } else {
            end.complete(answer.body());
          }
        });
    return end.future();
  }

  @Override
  public void note(String text) {
    world.trace.note(this, text);
  }

  <A> Reply<A> reply(A answer) {
    return new Reply<>(answer, new KnownLeader(status().leader(), status().promised()));
  }

  ReplicaHealth health() {
    ReplicaCore.ReplicaStatus status = shell.status();
    boolean ready = purchases.status().ready();
    return ReplicaHealth.of(id, world.engine, status.role())
        .knows(status.leader(), status.promised())
        .log(status.last(), status.committed())
        .eligible(shell.knowsFence() && status.role() != Role.REBUILDING && !status.diskStuck())
        .ready(ready)
        .serving(ready && status.quorate() && purchases.status().catalogReachable())
        .catalogClockMs(purchases.catalogClock())
        .build();
  }

  /** Hears what its purchases hear, before them. */
  private final class Watch implements ReplicaShell.StepListener {
    @Override
    public void applied(PurchaseRequest purchase, Order order) {
      purchases.applied(purchase, order);
    }

    @Override
    public void happened(Fact fact) {
      world.log.happened(Replica.this, fact);
      purchases.happened(fact);
    }
  }
}
