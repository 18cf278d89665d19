package toystore.stock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import toystore.model.Claim;
import toystore.model.Epochs;
import toystore.model.Fenced;
import toystore.model.Mark;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.stock.CatalogMessages.Holds;
import toystore.stock.CatalogMessages.Lease;
import toystore.stock.CatalogMessages.ReserveOutcomes;
import toystore.stock.CatalogMessages.ToyState;
import toystore.stock.CatalogMessages.Toys;
import toystore.stock.CatalogOptions.CatalogBounds;
import toystore.stock.CatalogOptions.Leases;
import toystore.stock.CatalogOptions.Remembering;
import toystore.stock.CatalogOptions.Restocking;
import toystore.stock.FrontEndMessages.ToyChange;

/** A core with a model disk and a clock that tests move. Writes are durable when a test says so. */
final class CoreRig {
  static final long OFFICE = 11;

  static final CatalogOptions OPTIONS = new CatalogOptions(
      new Leases(1_000, 100, 200),
      new Restocking(100, 10_000),
      Remembering.USUAL,
      new CatalogBounds(1_000, 10, Long.MAX_VALUE),
      50,
      42);
  static final List<PricedToy> TOYS =
      List.of(new PricedToy("Tux", 1599), new PricedToy("Fox", 1249));

  final ModelDisk disk = new ModelDisk();
  final List<Invalidation> pushes = new ArrayList<>();
  private final Map<Long, CatalogReply> replies = new HashMap<>();
  CatalogOptions options = OPTIONS;
  List<PricedToy> offered = TOYS;
  CatalogCore core;
  long nowMs = 1_000_000;
  /** What requests carry: by default they are as young as can be. */
  long seenMs = Long.MAX_VALUE;

  private long lastToken;

  CoreRig() {
    start();
    commit();
  }

  void start() {
    core = new CatalogCore(options, disk.state(), offered, nowMs);
    tick(0);
  }

  /** Loses what is not durable, and starts again on the rest. */
  void restart() {
    disk.crash();
    replies.clear();
    start();
  }

  void tick(long passedMs) {
    nowMs += passedMs;
    carryOut(core.tick(nowMs));
  }

  void commitOne() {
    carryOut(core.durable(disk.commitOne(), nowMs));
  }

  void commit() {
    while (!disk.isIdle()) {
      commitOne();
    }
  }

  /** Asks, and returns the token of the answer. */
  long ask(CatalogCore.Question request) {
    long token = ++lastToken;
    carryOut(request.step(token, nowMs));
    return token;
  }

  /** Of a leader that has compared its orders with this run. */
  Claim claim(long epoch) {
    return new Claim(epoch, options.incarnation(), Mark.NONE);
  }

  long askReserve(long epoch, String key, String toy, int quantity) {
    List<PurchaseRequest> one = List.of(new PurchaseRequest(key, toy, quantity));
    return ask((token, now) -> core.reserve(token, claim(epoch), one, List.of(seenMs), now));
  }

  long askReserve(String key, String toy, int quantity) {
    return askReserve(1, key, toy, quantity);
  }

  /** Reserves, and lets the disk do its work. */
  ReserveOutcome reserve(String key, String toy, int quantity) {
    long token = askReserve(key, toy, quantity);
    commit();
    return outcome(token);
  }

  long askFence(long epoch) {
    return askFence(epoch, OFFICE);
  }

  long askFence(long epoch, long office) {
    return ask((token, now) -> core.fence(token, epoch, office, now));
  }

  long askHolds(long olderThanMs) {
    return ask((token, now) -> core.holds(token, claim(Epochs.LAST), olderThanMs, now));
  }

  long askSettle(String... keys) {
    return ask((token, now) -> core.settle(token, claim(Epochs.LAST), List.of(keys), now));
  }

  long askRead(long session, String toy) {
    return ask((token, now) -> core.read(token, session, List.of(toy), now));
  }

  long askRenew(long session) {
    return ask((token, now) -> core.renew(token, session, now));
  }

  long hello() {
    long token = ask((it, now) -> core.hello(it, 1, "127.0.0.1:8180", now));
    commit();
    return ((Lease) answer(token)).session();
  }

  ToyState read(long session, String toy) {
    return view(askRead(session, toy));
  }

  void acknowledge(long session, String toy, long version) {
    carryOut(core.acknowledged(session, List.of(new ToyChange(toy, version)), nowMs));
  }

  boolean isAnswered(long token) {
    return replies.containsKey(token);
  }

  Object answer(long token) {
    if (!isAnswered(token)) {
      throw new AssertionError("no answer yet");
    }
    CatalogReply reply = replies.get(token);
    if (reply.refusal() != null) {
      throw new AssertionError("refused", reply.refusal());
    }
    return reply.answer();
  }

  StoreError refusal(long token) {
    return replies.get(token).refusal().error();
  }

  ReserveOutcome outcome(long token) {
    return ((ReserveOutcomes) answer(token)).outcomes().get(0);
  }

  List<String> heldKeys(long token) {
    commit();
    Object answer = answer(token);
    List<PurchaseRequest> holds =
        answer instanceof Fenced fenced ? fenced.holds() : ((Holds) answer).holds();
    return holds.stream().map(PurchaseRequest::key).toList();
  }

  ToyState view(long token) {
    return ((Toys) answer(token)).toys().get(0);
  }

  ToyRow newest(String toy) {
    return core.toys.scarcest(Integer.MAX_VALUE).stream()
        .filter(row -> row.name().equals(toy))
        .findFirst()
        .orElseThrow();
  }

  private void carryOut(CatalogEffects effects) {
    effects.write().ifPresent(disk::add);
    pushes.addAll(effects.pushes());
    for (CatalogReply reply : effects.replies()) {
      if (replies.put(reply.token(), reply) != null) {
        throw new AssertionError("answered twice");
      }
    }
  }
}
