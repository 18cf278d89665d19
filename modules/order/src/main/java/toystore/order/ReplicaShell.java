package toystore.order;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.edge.MessageFormat;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.replication.Effects;
import toystore.replication.Effects.Fact;
import toystore.replication.Entry;
import toystore.replication.Epochs;
import toystore.replication.Input;
import toystore.replication.Message;
import toystore.replication.OrderBook;
import toystore.replication.ReplicaCore;

/**
 * Runs an engine's core: persists, sends, applies, in the order of the steps. It decides nothing.
 * Owned by one event loop.
 */
final class ReplicaShell {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaShell.class);

  /** Hears of what the core's steps brought about. Must not step the core from within. */
  interface Listener {
    void applied(PurchaseRequest purchase, Order order);

    void happened(Fact fact);
  }

  private final Context context;
  private final int id;
  private final ReplicaCore core;
  private final DurableLog log;
  private final OrderStore orders;
  private final OrderBook book;
  private final Map<Integer, PeerLink> peers = new LinkedHashMap<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Proofs proofs;
  private final OrderMetrics metrics;
  private Listener listener;
  private long handedOver;
  private long durable;
  private boolean closed;

  ReplicaShell(
      Vertx vertx,
      OrderConfig config,
      MessageFormat format,
      Engine.Opened opened,
      OrderMetrics metrics) {
    this.metrics = metrics;
    this.context = vertx.getOrCreateContext();
    this.id = config.id();
    this.core = opened.core();
    this.log = opened.log();
    this.orders = opened.orders();
    this.book = opened.book();
    this.proofs = new Proofs(config.queryTimeout());
    for (OrderConfig.Peer peer : config.peers()) {
      peers.put(peer.id(), new PeerLink(vertx, config, peer, format, metrics));
    }
    log.feed(input -> context.runOnContext(none -> step(input)));
  }

  void listen(Listener heard) {
    listener = heard;
  }

  ReplicaCore.Status status() {
    return core.status();
  }

  /** A fixed span of time has passed. */
  void tick() {
    step(new Input.Tick());
    proofs.expire();
    log.tick();
  }

  void step(Input input) {
    if (!closed) {
      carryOut(core.step(input), null);
    }
  }

  /** A peer's request: the reply leaves when what it says is durable. */
  Future<Message> receive(Message request) {
    if (closed) {
      return Future.failedFuture(stopping());
    }
    Effects effects = core.step(new Input.Received(request));
    Promise<Message> reply = Promise.promise();
    carryOut(effects, reply);
    if (!hasReply(effects.toSend()) && !hasReply(effects.toSendOnceDurable())) {
      reply.fail(new StoreException(StoreError.BAD_REQUEST, "not for this replica"));
    }
    return reply.future();
  }

  private static boolean hasReply(List<Message> messages) {
    return messages.stream().anyMatch(Message::isReply);
  }

  /** Steps the core, then waits until all it wanted written is durable. */
  Future<Void> stepDurably(Input input) {
    if (closed) {
      return Future.failedFuture(stopping());
    }
    step(input);
    Promise<Void> done = Promise.promise();
    whenDurable(done::complete);
    return done.future();
  }

  /** Whether this replica led at some moment after this call. */
  Future<Boolean> prove() {
    long readId = proofs.nextId();
    Future<Boolean> proof = proofs.await(readId);
    step(new Input.Prove(readId));
    return proof;
  }

  private void carryOut(Effects effects, Promise<Message> reply) {
    effects.toSend().forEach(message -> leave(message, reply));
    for (Effects.Command command : effects.commands()) {
      long number = ++handedOver;
      log.carryOut(command, () -> context.runOnContext(none -> becameDurable(number)));
    }
    effects.toPersist().ifPresent(this::persist);
    effects.toSendOnceDurable().forEach(message -> whenDurable(() -> leave(message, reply)));
    apply(effects.toApply());
    effects.proven().forEach(readId -> proofs.end(readId, true));
    effects.unproven().forEach(readId -> proofs.end(readId, false));
    effects.facts().forEach(this::note);
  }

  private void persist(Effects.Write write) {
    long number = ++handedOver;
    log.persist(
        write,
        () -> context.runOnContext(none -> {
          becameDurable(number);
          step(new Input.Persisted(write.id()));
        }));
  }

  /** Runs it once everything handed over so far survives a crash. */
  private void whenDurable(Runnable act) {
    if (durable == handedOver) {
      act.run();
    } else {
      waiting.add(new Waiting(handedOver, act));
    }
  }

  private void becameDurable(long number) {
    durable = number;
    while (!waiting.isEmpty() && waiting.peek().number <= durable) {
      waiting.remove().act.run();
    }
  }

  private void leave(Message message, Promise<Message> reply) {
    if (message.isReply()) {
      reply.complete(message);
    } else if (!closed) {
      peers.get(message.to()).send(message).onComplete(answer -> {
        // Never within the step that sent it.
        context.runOnContext(none -> step(
            answer.succeeded()
                ? new Input.Received(answer.result())
                : new Input.Unreachable(message.to())));
      });
    }
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
    if (fact instanceof Fact.RoleChanged changed) {
      LOG.info(
          "replica={} epoch={} became={} leader={}",
          id,
          Epochs.text(changed.epoch()),
          changed.role(),
          changed.leader());
    } else if (fact instanceof Fact.Established established) {
      LOG.info("replica={} epoch={} became=ESTABLISHED", id, Epochs.text(established.epoch()));
    } else if (fact instanceof Fact.Note note) {
      LOG.info("replica={} {}", id, note.text());
    } else {
      throw new AssertionError(fact);
    }
    listener.happened(fact);
  }

  /** Takes no step any more, and closes what it has. Writes handed over are finished first. */
  Future<Void> close(Vertx vertx) {
    closed = true;
    proofs.close(stopping());
    List<Future<Void>> links = new ArrayList<>();
    peers.values().forEach(peer -> links.add(peer.close()));
    return Future.join(links)
        .transform(ended -> vertx.executeBlocking(() -> {
          log.close();
          return null;
        }));
  }

  private static StoreException stopping() {
    return new StoreException(StoreError.UNAVAILABLE, "this replica is stopping");
  }

  private record Waiting(long number, Runnable act) {}
}
