package toystore.order;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import toystore.edge.Loop;
import toystore.model.Epochs;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.Role;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.replication.Effects;
import toystore.replication.Effects.Fact;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.Message;
import toystore.replication.OrderBook;
import toystore.replication.ReplicaCore;

/**
 * Runs an engine's core: persists, sends, applies, in the order of the steps. It decides nothing. A
 * step that fails, or whose effects do, ends the process: what a core says or votes that has broken
 * a rule is worth nothing. Owned by one event loop.
 */
public final class ReplicaShell {
  /** How long one that resigns waits for the next leader. */
  static final int MOST_TICKS_IN_OFFICE = 50;

  /** Hears of what the core's steps brought about. Must not step the core from within. */
  public interface StepListener {
    void applied(PurchaseRequest purchase, Order order);

    void happened(Fact fact);
  }

  /**
   * What it runs, and on what.
   *
   * @param book all that is applied already
   * @param orders takes what is applied from now on
   */
  public record Parts(ReplicaCore core, DurableLog log, AppliedOrders orders, OrderBook book) {}

  private final Loop loop;
  private final int id;
  private final ReplicaCore core;
  private final DurableLog log;
  private final AppliedOrders orders;
  private final OrderBook book;
  private final PeersPort peers;
  // Invariant: ordered by number, and each number > durable: whoever waits, waits for a write.
  private final Deque<WaitingAct> waiting = new ArrayDeque<>();
  private final Proofs proofs;
  private final ReplicaObserver observer;
  private final Consumer<Throwable> onBroken;
  private final Promise<Void> succeeded = Promise.promise();
  private StepListener listener;
  /** Writes and commands given to the log so far; the number of each is how many those are. */
  private long handedOver;
  // Invariant: durable <= handedOver, and all up to it survive a crash.
  private long durable;
  private int ticksInOffice;
  // Invariant: never taken back; from then on the core takes no step.
  private boolean closed;

  /** @param onBroken told, once, of a rule that the core or what carries out its effects broke */
  public ReplicaShell(
      Loop loop,
      int id,
      Parts parts,
      PeersPort peers,
      Proofs proofs,
      ReplicaObserver observer,
      Consumer<Throwable> onBroken) {
    this.loop = loop;
    this.id = id;
    this.core = parts.core();
    this.log = parts.log();
    this.orders = parts.orders();
    this.book = parts.book();
    this.peers = peers;
    this.proofs = proofs;
    this.observer = observer;
    this.onBroken = onBroken;
    log.feed(input -> loop.execute(() -> step(input)));
  }

  public void listen(StepListener heard) {
    listener = heard;
  }

  public ReplicaCore.ReplicaStatus status() {
    return core.status();
  }

  /** Whether it takes part; see {@link ReplicaCore#knowsFence}. */
  public boolean knowsFence() {
    return core.knowsFence();
  }

  /** The end of the log, for people; see {@link ReplicaCore#tail}. */
  ReplicaCore.LogEnd tail(int most) {
    return core.tail(most);
  }

  /** A fixed span of time has passed. */
  public void tick() {
    step(new Input.Tick());
    proofs.expire();
    run(log::tick);
    if (ticksInOffice > 0 && (--ticksInOffice == 0 || !leads())) {
      succeeded.tryComplete();
    }
  }

  private boolean leads() {
    return core.status().role() == Role.LEADER;
  }

  public void step(Input input) {
    run(() -> carryOut(core.step(input), null));
  }

  /** The one door to the core and to the purchases, and to what they want done. */
  void run(Runnable act) {
    if (closed) {
      return;
    }
    try {
      act.run();
    } catch (RuntimeException | Error broken) { // either leaves a step that is half carried out
      broke(broken);
    }
  }

  /** A rule is broken: no step is taken any more. */
  void broke(Throwable broken) {
    if (!closed) {
      closed = true;
      onBroken.accept(broken);
    }
  }

  /** A peer's request: the reply leaves when what it says is durable. */
  public Future<Message> receive(Message request) {
    if (closed) {
      return Future.failedFuture(stopping());
    }
    if (request.isReply() || !isFromPeer(request)) {
      return Future.failedFuture(notForThisReplica());
    }
    try {
      log.admit(request);
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(new StoreException(StoreError.BAD_REQUEST, e.getMessage()));
    }
    Promise<Message> reply = Promise.promise();
    run(() -> {
      Effects effects = core.step(new Input.Received(request));
      carryOut(effects, reply);
      if (!hasReply(effects.toSend()) && !hasReply(effects.toSendOnceDurable())) {
        reply.fail(core.knowsFence() ? notForThisReplica() : waiting());
      }
    });
    return reply.future();
  }

  private boolean isFromPeer(Message message) {
    return message.to() == id && peers.ids().contains(message.from());
  }

  private static StoreException notForThisReplica() {
    return new StoreException(StoreError.BAD_REQUEST, "not for this replica");
  }

  private static StoreException waiting() {
    return new StoreException(
        StoreError.UNAVAILABLE, "this replica has just started, and waits for the catalog");
  }

  private static boolean hasReply(List<Message> messages) {
    return messages.stream().anyMatch(Message::isReply);
  }

  /** Steps the core, then waits until all it wanted written is durable. */
  public Future<Void> stepDurably(Input input) {
    if (closed) {
      return Future.failedFuture(stopping());
    }
    step(input);
    Promise<Void> done = Promise.promise();
    whenDurable(done::complete);
    return done.future();
  }

  /** Gives the office up; done once another may have it, or after a while. */
  Future<Void> resign() {
    step(new Input.Resign());
    if (closed || !leads()) {
      return Future.succeededFuture();
    }
    ticksInOffice = MOST_TICKS_IN_OFFICE;
    return succeeded.future();
  }

  /** Whether this replica led at some moment after this call. */
  public Future<Boolean> prove() {
    long readId = proofs.nextId();
    Future<Boolean> proof = proofs.await(readId);
    step(new Input.Prove(readId));
    return proof;
  }

  private void carryOut(Effects effects, Promise<Message> reply) {
    // Appends: followers write while this disk does.
    effects.toSend().forEach(message -> leave(message, reply));
    for (Effects.Command command : effects.commands()) {
      long number = ++handedOver;
      log.carryOut(command, () -> loop.execute(() -> becameDurable(number)));
    }
    effects.toPersist().ifPresent(this::persist);
    // A promise or an acknowledgement that a crash could undo must not be sent (Raft, figure 2).
    effects.toSendOnceDurable().forEach(message -> whenDurable(() -> leave(message, reply)));
    apply(effects.toApply());
    effects.proven().forEach(readId -> proofs.end(readId, true));
    effects.unproven().forEach(readId -> proofs.end(readId, false));
    effects.facts().forEach(this::note);
  }

  private void persist(Effects.Write write) {
    long number = ++handedOver;
    long beganNanos = loop.nanos();
    log.persist(
        write,
        () -> loop.execute(() -> {
          observer.logged(write.append().size(), loop.nanos() - beganNanos);
          becameDurable(number);
          step(new Input.Persisted(write.id()));
        }));
  }

  /** Runs it once everything handed over so far survives a crash. */
  private void whenDurable(Runnable act) {
    if (durable == handedOver) {
      act.run();
    } else {
      waiting.add(new WaitingAct(handedOver, act));
    }
  }

  private void becameDurable(long number) {
    run(() -> {
      durable = number;
      while (!waiting.isEmpty() && waiting.peek().number <= durable) {
        waiting.remove().act.run();
      }
    });
  }

  private void leave(Message message, Promise<Message> reply) {
    if (message.isReply()) {
      reply.complete(message);
    } else if (!closed) {
      peers.send(message).onComplete(answer -> {
        Input end = answer.succeeded() && isAnswer(answer.result(), message)
            ? new Input.Received(answer.result())
            : new Input.Unreachable(message.to());
        // Never within the step that sent it.
        loop.execute(() -> step(end));
      });
    }
  }

  private boolean isAnswer(Message answer, Message request) {
    return answer.isReply() && answer.to() == id && answer.from() == request.to();
  }

  private void apply(List<Entry> entries) {
    for (Entry entry : entries) {
      Optional<Order> order = book.apply(entry);
      if (order.isPresent()) {
        orders.add(order.get().number(), entry.purchase(), entry.index());
        listener.applied(entry.purchase(), order.get());
      }
      orders.appliedUpTo(entry.position());
    }
  }

  private void note(Fact fact) {
    observer.note(text(fact));
    listener.happened(fact);
  }

  private static String text(Fact fact) {
    if (fact instanceof Fact.RoleChanged changed) {
      return "epoch=" + Epochs.text(changed.epoch()) + " became=" + changed.role() + " leader="
          + changed.leader();
    }
    if (fact instanceof Fact.Elected elected) {
      return "epoch=" + Epochs.text(elected.epoch()) + " became=ELECTED last="
          + elected.last().index();
    }
    if (fact instanceof Fact.Established established) {
      return "epoch=" + Epochs.text(established.epoch()) + " became=ESTABLISHED";
    }
    if (fact instanceof Fact.Note note) {
      return note.text();
    }
    throw new AssertionError(fact);
  }

  /** Takes no step any more, and answers nobody. */
  void close() {
    closed = true;
    proofs.close(stopping());
  }

  private static StoreException stopping() {
    return new StoreException(StoreError.UNAVAILABLE, "this replica is stopping");
  }

  private record WaitingAct(long number, Runnable act) {}
}
