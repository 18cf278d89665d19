package toystore.raft.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.raft.core.RaftMessage.AppendReply;
import toystore.raft.core.RaftMessage.AppendRequest;
import toystore.raft.core.RaftMessage.TimeoutNow;
import toystore.raft.core.RaftMessage.VoteReply;
import toystore.raft.core.RaftMessage.VoteRequest;
import toystore.replication.Effects;
import toystore.replication.Effects.Fact;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.Message;

/** Replica 1, alone with a test that plays all others; its disk is quick unless held. */
final class OneReplica {
  static final int ELECTION_TICKS = 10;
  static final int HEARTBEAT_TICKS = 2;
  private static final RaftOptions.ElectionTiming TIMING =
      new RaftOptions.ElectionTiming(ELECTION_TICKS, HEARTBEAT_TICKS);

  final List<Message> sent = new ArrayList<>();
  final List<Entry> applied = new ArrayList<>();
  final List<Long> proven = new ArrayList<>();
  final List<Long> unproven = new ArrayList<>();
  final List<Effects.Command> commands = new ArrayList<>();
  final List<Fact> facts = new ArrayList<>();
  final RaftCore core;
  private final List<Long> writing = new ArrayList<>();
  private boolean diskHeld;
  /** Whether the catalog agrees at once with a log that is elected. */
  boolean agrees = true;

  OneReplica(RaftOptions options, Restored restored) {
    core = new RaftCore(options, restored);
  }

  static RaftOptions options(int members) {
    List<Integer> peers = IntStream.rangeClosed(2, members).boxed().toList();
    return new RaftOptions(1, peers, TIMING, new RaftOptions.LogBounds(4, 2, 0), false, 42);
  }

  /** One of three, in term 1, with an empty log. */
  static OneReplica with(RaftOptions.LogBounds bounds, boolean handOver, long seed) {
    return new OneReplica(
        new RaftOptions(1, List.of(2, 3), TIMING, bounds, handOver, seed),
        new Restored(new Promise(term(1), 0), LogPosition.START, List.of(), LogPosition.START));
  }

  static OneReplica of(Restored restored) {
    return new OneReplica(options(3), restored);
  }

  /** One of three, in term 1, whose log has entries of these terms. */
  static OneReplica withLog(int... terms) {
    List<Entry> entries = new ArrayList<>();
    for (int term : terms) {
      entries.add(Entry.noOp(entries.size() + 1L, term(term)));
    }
    long last = terms.length == 0 ? 1 : terms[terms.length - 1];
    return of(
        new Restored(new Promise(term(last), 0), LogPosition.START, entries, LogPosition.START));
  }

  /** The leader of term 2 of three, whose no-op at 1 is committed. */
  static OneReplica leader() {
    OneReplica replica = withLog();
    replica.elect(2);
    replica.accept(2, 1);
    replica.sent.clear();
    return replica;
  }

  static long term(long number) {
    return Epochs.of(number, 0);
  }

  static LogPosition at(long term, long index) {
    return new LogPosition(index == 0 ? Epochs.NONE : term(term), index);
  }

  static Entry entry(long term, long index) {
    return Entry.of(index, term(term), new PurchaseRequest("key" + index, "Tux", 1));
  }

  /** A leader of this term by the vote of 2. */
  void elect(long term) {
    receive(new TimeoutNow(2, 1, term(term - 1)));
    receive(new VoteReply(2, 1, term(term), false, true));
  }

  /** This peer has everything up to here. */
  void accept(int from, long index) {
    receive(new AppendReply(
        from, 1, core.status().promised(), lastRound(), true, index, LogPosition.START, true));
  }

  void refuse(int from, long previous, LogPosition hint) {
    receive(new AppendReply(
        from, 1, core.status().promised(), lastRound(), false, previous, hint, true));
  }

  long lastRound() {
    return appends().stream().mapToLong(AppendRequest::round).max().orElse(0);
  }

  void holdDisk() {
    diskHeld = true;
  }

  void releaseDisk() {
    diskHeld = false;
    List<Long> done = List.copyOf(writing);
    writing.clear();
    done.forEach(writeId -> step(new Input.Persisted(writeId)));
  }

  /** The disk, which is held, gets one write further. */
  void finishOneWrite() {
    step(new Input.Persisted(writing.remove(0)));
  }

  void propose(String... keys) {
    step(new Input.Propose(
        Arrays.stream(keys).map(key -> new PurchaseRequest(key, "Tux", 1)).toList()));
  }

  void tick(int ticks) {
    for (int tick = 0; tick < ticks; tick++) {
      step(new Input.Tick());
    }
  }

  Effects receive(Message message) {
    return step(new Input.Received(message));
  }

  Effects step(Input input) {
    Effects effects = core.step(input);
    sent.addAll(effects.toSend());
    sent.addAll(effects.toSendOnceDurable());
    applied.addAll(effects.toApply());
    proven.addAll(effects.proven());
    unproven.addAll(effects.unproven());
    commands.addAll(effects.commands());
    facts.addAll(effects.facts());
    effects.toPersist().ifPresent(write -> {
      if (diskHeld) {
        writing.add(write.id());
      } else {
        step(new Input.Persisted(write.id()));
      }
    });
    for (Fact fact : effects.facts()) {
      if (fact instanceof Fact.Elected elected && agrees) {
        step(new Input.LogVerified(elected.epoch(), elected.last()));
      }
    }
    return effects;
  }

  /** What it answers to each of these, in order. */
  List<Boolean> votes(VoteRequest... requests) {
    for (VoteRequest request : requests) {
      receive(request);
    }
    return only(VoteReply.class).stream().map(VoteReply::granted).toList();
  }

  AppendReply append(long term, LogPosition previous, long committed, Entry... entries) {
    receive(new AppendRequest(2, 1, term(term), previous, List.of(entries), committed, 0));
    List<AppendReply> replies = only(AppendReply.class);
    return replies.get(replies.size() - 1);
  }

  List<AppendRequest> appends() {
    return only(AppendRequest.class);
  }

  List<AppendRequest> appendsTo(int peer) {
    return appends().stream().filter(append -> append.to() == peer).toList();
  }

  <T> List<T> only(Class<T> type) {
    return sent.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Terms of the log's entries. */
  List<Long> terms() {
    List<Long> terms = new ArrayList<>();
    for (long index = 1; index <= core.log().last().index(); index++) {
      terms.add(Epochs.counter(core.log().termAt(index)));
    }
    return terms;
  }

  /** Time passes for a leader, and these peers answer all the while. */
  void tickWhileAnswered(int ticks, int... peers) {
    for (int tick = 0; tick < ticks; tick++) {
      for (int peer : peers) {
        accept(peer, 1);
      }
      tick(1);
    }
  }

  /** The leader of that term is replica 2, and has nothing new. */
  Effects heartbeat(long term, LogPosition previous) {
    return receive(new AppendRequest(2, 1, term(term), previous, List.of(), 1, 7));
  }

  static VoteRequest vote(int candidate, long term, LogPosition last) {
    return new VoteRequest(candidate, 1, term(term), last, false, false);
  }
}
