package toystore.simulation;

import java.util.ArrayList;
import java.util.List;
import toystore.model.LogPosition;
import toystore.raft.core.RaftCommand;
import toystore.raft.core.RaftCore;
import toystore.raft.core.RaftOptions;
import toystore.raft.core.Restored;
import toystore.replication.Effects.Command;
import toystore.replication.Effects.Promise;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.replication.OrderBook;
import toystore.replication.ReplicaCore;
import toystore.virtualtime.Chance;

/**
 * A log in files of its own, and the state it has led to, written later. Pieces of a snapshot are
 * written with the state: so the orders may be ahead of the position up to which all is applied.
 */
final class VirtualRaftDisk implements ReplicaDisk {
  private final int id;
  private final List<Integer> peers;
  private final Wiring wiring;
  private final boolean handOver;
  private final int keepEntries;
  private final int window;
  private LogMirror log = new LogMirror();
  private Promise promise = Promise.NONE;
  private LogPosition saved = LogPosition.START;
  private List<Entry> state = new ArrayList<>();
  private List<Entry> orders = new ArrayList<>();

  VirtualRaftDisk(int id, List<Integer> members, World world) {
    this.id = id;
    this.peers = members.stream().filter(member -> member != id).toList();
    this.wiring = world.wiring;
    this.handOver = world.plan.handOver();
    this.keepEntries = world.chance.below(12);
    this.window = world.chance.between(1, 4);
  }

  @Override
  public ReplicaCore boot(long seed) {
    RaftOptions options = new RaftOptions(
        id,
        peers,
        new RaftOptions.ElectionTiming(8, 2),
        new RaftOptions.LogBounds(4, window, keepEntries),
        handOver,
        seed);
    Restored restored = new Restored(promise, log.base(), log.entries(), saved);
    log.coveredThrough(saved);
    return wiring.core(() -> new RaftCore(options, restored));
  }

  @Override
  public List<Entry> state() {
    return state;
  }

  @Override
  public List<Entry> orders() {
    return orders;
  }

  @Override
  public List<Entry> load(OrderBook book) {
    for (int number = (int) book.count(); number < orders.size(); number++) {
      book.restore(number, orders.get(number).purchase());
    }
    return orders;
  }

  @Override
  public LogMirror logAtBoot() {
    return new LogMirror(log.base(), log.entries());
  }

  @Override
  public void write(Write write) {
    write(write, write.append().size());
  }

  private void write(Write write, int appended) {
    promise = write.promise();
    log.write(write, appended);
  }

  /** As if fewer entries had been sent. */
  @Override
  public void tear(Write write, Chance chance) {
    write(write, chance.below(write.append().size() + 1));
  }

  @Override
  public void carryOut(Command command, Applied applied) {
    if (command instanceof RaftCommand.DropThrough drop) {
      log.dropThrough(drop.base());
    } else if (command instanceof RaftCommand.InstallSnapshot install) {
      save(applied);
      log.coveredThrough(install.state());
    }
  }

  /** The orders are in a file of their own, and written before the log is made to meet them. */
  @Override
  public void tear(Command command, Applied applied) {
    if (command instanceof RaftCommand.InstallSnapshot) {
      save(applied);
    }
  }

  @Override
  public boolean savesWithTheLog() {
    return false;
  }

  @Override
  public boolean save(Applied applied) {
    boolean news = applied.state().size() > state.size() || applied.orders().size() > orders.size();
    addTo(state, applied.state());
    addTo(orders, applied.orders());
    saved = state.isEmpty() ? LogPosition.START : state.get(state.size() - 1).position();
    return news;
  }

  private void addTo(List<Entry> kept, List<Entry> all) {
    for (int i = kept.size(); i < all.size(); i++) {
      kept.add(all.get(i));
    }
  }

  @Override
  public Applied saved() {
    return new Applied(state, orders);
  }

  @Override
  public boolean holds(Entry entry) {
    return entry.index() <= saved.index() || log.holds(entry);
  }

  @Override
  public void lose() {
    log = new LogMirror();
    promise = Promise.NONE;
    saved = LogPosition.START;
    state = new ArrayList<>();
    orders = new ArrayList<>();
  }

  @Override
  public Runnable copy() {
    LogPosition base = log.base();
    List<Entry> entries = List.copyOf(log.entries());
    Promise keptPromise = promise;
    LogPosition keptSaved = saved;
    List<Entry> keptState = List.copyOf(state);
    List<Entry> keptOrders = List.copyOf(orders);
    return () -> {
      log = new LogMirror(base, entries);
      promise = keptPromise;
      saved = keptSaved;
      state = new ArrayList<>(keptState);
      orders = new ArrayList<>(keptOrders);
    };
  }

  @Override
  public boolean isRebuilding() {
    return promise.equals(Promise.NONE);
  }

  @Override
  public String text() {
    return "promise=" + promise + " base=" + log.base() + " last=" + log.last() + " saved=" + saved;
  }
}
