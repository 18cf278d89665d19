package toystore.primarybackup;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.primarybackup.PrimaryBackupMessage.AppendReply;
import toystore.primarybackup.PrimaryBackupMessage.AppendRequest;
import toystore.primarybackup.PrimaryBackupMessage.PromiseReply;
import toystore.replication.DurableState;
import toystore.replication.Effects;
import toystore.replication.Effects.Fact;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.Message;
import toystore.replication.OlderEntries;
import toystore.replication.ReplicaCore;

/** One core in a test's hand: inputs go in one by one, the effects of the latest are kept. */
final class ScriptedReplica {
  static final PrimaryBackupOptions OPTIONS = new PrimaryBackupOptions(3, 5, 10, 2, 30, 1_000);
  static final long E1 = Epochs.of(1, 1);
  static final long E2 = Epochs.of(2, 1);
  static final long E3 = Epochs.of(3, 1);

  private final int id;
  private final PrimaryBackupCore core;
  private final List<Entry> applied = new ArrayList<>();
  private Effects last = Effects.NONE;
  private long lastWrite;
  private boolean agrees = true;

  ScriptedReplica(int id, List<Integer> members, DurableState durable) {
    this.id = id;
    this.core = new PrimaryBackupCore(id, members, durable, OlderEntries.NONE, OPTIONS);
  }

  /** One of three, not rebuilding, whose others do not answer its questions: a follower. */
  static ScriptedReplica follower(int id, long promised, int leader, long committed, Entry... log) {
    ScriptedReplica replica = new ScriptedReplica(
        id,
        List.of(1, 2, 3),
        new DurableState(List.of(log), new Promise(promised, leader), committed, committed, false));
    replica.ticks(3 * OPTIONS.retryTicks());
    return replica;
  }

  static Entry order(long index, long epoch, String key) {
    return Entry.of(index, epoch, new PurchaseRequest(key, "Tux", 1));
  }

  ReplicaCore.ReplicaStatus status() {
    return core.status();
  }

  List<Entry> unapplied() {
    return core.unapplied();
  }

  Effects last() {
    return last;
  }

  /** All entries applied so far. */
  List<Entry> applied() {
    return applied;
  }

  /** Takes the step; if it is elected in it, the catalog agrees at once. */
  Effects step(Input input) {
    Effects effects = stepOnce(input);
    for (Fact fact : List.copyOf(effects.facts())) {
      if (fact instanceof Fact.Elected elected && agrees) {
        last = together(effects, stepOnce(new Input.LogVerified(elected.epoch(), elected.last())));
      }
    }
    return last;
  }

  /** From here on the catalog does not answer of itself. */
  ScriptedReplica withoutCatalog() {
    agrees = false;
    return this;
  }

  private Effects stepOnce(Input input) {
    last = core.step(input);
    last.toPersist().ifPresent(write -> lastWrite = write.id());
    applied.addAll(last.toApply());
    return last;
  }

  private static Effects together(Effects one, Effects other) {
    return new Effects(
        joined(one.toSend(), other.toSend()),
        other.toPersist().or(one::toPersist),
        joined(one.toSendOnceDurable(), other.toSendOnceDurable()),
        joined(one.toApply(), other.toApply()),
        joined(one.proven(), other.proven()),
        joined(one.unproven(), other.unproven()),
        joined(one.facts(), other.facts()));
  }

  private static <T> List<T> joined(List<T> one, List<T> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  Effects ticks(int count) {
    for (int i = 0; i < count; i++) {
      step(new Input.Tick());
    }
    return last;
  }

  Effects receive(Message message) {
    return step(new Input.Received(message));
  }

  /** All writes so far are durable. */
  Effects persist() {
    return step(new Input.Persisted(lastWrite));
  }

  Effects propose(String... keys) {
    return step(new Input.Propose(
        Stream.of(keys).map(key -> new PurchaseRequest(key, "Tux", 1)).toList()));
  }

  /** The candidate gets this peer's promise. */
  Effects promised(int peer, LogPosition last) {
    long epoch = status().promised();
    return receive(new PromiseReply(peer, id, epoch, true, new Promise(epoch, id), false, last));
  }

  /** Appointed, and promised by a peer whose log is empty; its own log is durable then. */
  Effects lead(long epoch, int promisingPeer) {
    step(new Input.Appoint(epoch, id));
    persist();
    return promised(promisingPeer, LogPosition.START);
  }

  /** This peer acknowledges the append, which it held all of. */
  Effects acknowledge(AppendRequest request) {
    return receive(acknowledgement(request));
  }

  static AppendReply acknowledgement(AppendRequest request) {
    return new AppendReply(
        request.to(),
        request.from(),
        request.epoch(),
        request.round(),
        true,
        request.previous().index() + request.entries().size(),
        new Promise(request.epoch(), request.from()),
        false);
  }

  /** The message of this kind that the latest step sends to this peer, at once or once durable. */
  <T extends Message> T sent(Class<T> kind, int peer) {
    List<T> found =
        allSent(kind).stream().filter(message -> message.to() == peer).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " " + kind.getSimpleName() + " to " + peer);
    }
    return found.get(0);
  }

  <T extends Message> List<T> allSent(Class<T> kind) {
    return Stream.concat(last.toSend().stream(), last.toSendOnceDurable().stream())
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }
}
