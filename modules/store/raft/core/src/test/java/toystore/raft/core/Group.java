package toystore.raft.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import toystore.model.Epochs;
import toystore.model.PurchaseRequest;
import toystore.model.Role;
import toystore.replication.Effects;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.Message;

/** Replicas for scripts: messages wait in {@link #mail} until the script delivers them. */
final class Group {
  static final int ELECTION_TICKS = 10;
  private static final RaftOptions.ElectionTiming TIMING =
      new RaftOptions.ElectionTiming(ELECTION_TICKS, 2);
  private static final long FIRST_TERM = Epochs.of(1, 0);

  final List<Message> mail = new ArrayList<>();
  private final Map<Integer, Member> members = new TreeMap<>();
  private final Oracle oracle = new Oracle();
  private final int size;
  private final int keepEntries;

  private static final class Member {
    final SimDisk disk = new SimDisk();
    final Deque<Effects> waiting = new ArrayDeque<>();
    final List<Entry> state = new ArrayList<>();
    final List<Long> proven = new ArrayList<>();
    RaftCore core;
    boolean diskHeld;
    final Map<Long, Long> needed = new TreeMap<>();
  }

  /** A group that has found itself, with empty logs, in which nobody leads. */
  Group(int size) {
    this(size, 100);
  }

  /** @param keepEntries entries kept behind what a state machine has saved */
  Group(int size, int keepEntries) {
    this.keepEntries = keepEntries;
    this.size = size;
    for (int id = 1; id <= size; id++) {
      Member member = new Member();
      member.disk.write(new Effects.Write(1, 0, List.of(), new Promise(FIRST_TERM, 0), 0));
      members.put(id, member);
      restart(id);
    }
  }

  RaftCore core(int id) {
    return members.get(id).core;
  }

  Role role(int id) {
    return core(id).status().role();
  }

  /** The term's number, from 1. */
  long term(int id) {
    return Epochs.counter(core(id).status().promised());
  }

  List<Entry> applied(int id) {
    return members.get(id).state;
  }

  List<Long> proven(int id) {
    return members.get(id).proven;
  }

  void holdDisk(int id) {
    members.get(id).diskHeld = true;
  }

  void releaseDisk(int id) {
    Member member = members.get(id);
    member.diskHeld = false;
    while (!member.waiting.isEmpty()) {
      finish(id, member.waiting.remove());
    }
  }

  /** What was not durable is gone; the state machine kept nothing and starts over. */
  void restart(int id) {
    Member member = members.get(id);
    member.waiting.clear();
    member.diskHeld = false;
    member.state.clear();
    List<Integer> peers =
        IntStream.rangeClosed(1, size).filter(peer -> peer != id).boxed().toList();
    RaftOptions options = new RaftOptions(
        id, peers, TIMING, new RaftOptions.LogBounds(1, 1, keepEntries), false, 7 * id);
    member.core = new RaftCore(options, member.disk.restore());
  }

  void tick(int id, int ticks) {
    for (int tick = 0; tick < ticks; tick++) {
      step(id, new Input.Tick());
    }
  }

  /** Makes a replica stand for election in the term after its own, at once. */
  void stand(int id) {
    int leader = core(id).status().leader();
    int from = leader == 0 || leader == id ? id % size + 1 : leader;
    step(
        id,
        new Input.Received(
            new RaftMessage.TimeoutNow(from, id, core(id).status().promised())));
    mail.removeIf(RaftMessage.TimeoutNowReply.class::isInstance);
  }

  void propose(int id, String key) {
    step(id, new Input.Propose(List.of(new PurchaseRequest(key, "Tux", 1))));
  }

  void prove(int id, long readId) {
    members.get(id).needed.put(readId, oracle.lastAcknowledged());
    step(id, new Input.Prove(readId));
  }

  void step(int id, Input input) {
    Member member = members.get(id);
    Effects effects = member.core.step(input);
    effects.toPersist().ifPresent(write -> write
        .append()
        .forEach(entry -> oracle.appended(id, entry, member.core.log().termAt(entry.index() - 1))));
    if (role(id) == Role.LEADER) {
      oracle.leads(id, member.core.status().promised(), member.core.log());
    }
    mail.addAll(effects.toSend());
    for (Entry entry : effects.toApply()) {
      oracle.applied(id, member.core.status().promised(), entry, member.state);
      member.state.add(entry);
      if (role(id) == Role.LEADER) {
        oracle.acknowledged(String.valueOf(entry.index()), entry.index());
      }
    }
    for (long readId : effects.proven()) {
      oracle.read(id, member.state.size(), member.needed.get(readId));
      member.proven.add(readId);
    }
    if (member.diskHeld) {
      member.waiting.add(effects);
    } else {
      finish(id, effects);
    }
    for (Effects.Fact fact : effects.facts()) {
      if (fact instanceof Effects.Fact.Elected elected) {
        step(id, new Input.LogVerified(elected.epoch(), elected.last()));
      }
    }
  }

  private void finish(int id, Effects effects) {
    Member member = members.get(id);
    effects.toPersist().ifPresent(member.disk::write);
    mail.addAll(effects.toSendOnceDurable());
    effects.toPersist().ifPresent(write -> step(id, new Input.Persisted(write.id())));
  }

  /** Delivers what is in the mail now and fits, once each. */
  void deliver(Predicate<Message> which) {
    List<Message> batch = mail.stream().filter(which).toList();
    mail.removeAll(batch);
    batch.forEach(this::receive);
  }

  void receive(Message message) {
    step(message.to(), new Input.Received(message));
  }

  /** Delivers among these, whatever comes of it too, and drops all else. */
  void settleAmong(Integer... ids) {
    Set<Integer> up = Set.of(ids);
    while (!mail.isEmpty()) {
      Message next = mail.remove(0);
      if (up.contains(next.from()) && up.contains(next.to())) {
        receive(next);
      }
    }
  }

  /** Takes what fits out of the mail, to deliver it later. */
  List<Message> takeOut(Predicate<Message> which) {
    List<Message> taken = mail.stream().filter(which).toList();
    mail.removeAll(taken);
    return taken;
  }
}
