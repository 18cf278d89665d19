package toystore.simulation;

import java.util.ArrayList;
import java.util.List;
import toystore.model.LogPosition;
import toystore.primarybackup.PrimaryBackupCore;
import toystore.primarybackup.PrimaryBackupOptions;
import toystore.replication.DurableState;
import toystore.replication.Effects.Command;
import toystore.replication.Effects.Promise;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.replication.OrderBook;
import toystore.replication.ReplicaCore;
import toystore.virtualtime.Chance;
import toystore.virtualtime.Violation;

/**
 * A log in files of its own, with the promise beside it, and the orders it has led to, written
 * later. The committed index travels with the last entry of a write.
 */
final class PrimaryBackupDisk implements ReplicaDisk {
  /** So few that replicas often get what others have on disk only. */
  private static final int KEPT_ENTRIES = 8;

  private static final PrimaryBackupOptions OPTIONS =
      new PrimaryBackupOptions(3, 6, 12, 6, 12, KEPT_ENTRIES);

  private final int id;
  private final List<Integer> members;
  private final Wiring wiring;
  private LogMirror log = new LogMirror();
  private Promise promise = Promise.NONE;
  private long committed;
  private long applied;
  private List<Entry> orders = new ArrayList<>();
  private boolean rebuilding = true;

  PrimaryBackupDisk(int id, List<Integer> members, Wiring wiring) {
    this.id = id;
    this.members = members;
    this.wiring = wiring;
  }

  private DurableState durable() {
    long known = known();
    int base = (int) Math.max(0, known - KEPT_ENTRIES);
    return new DurableState(
        base == 0 ? LogPosition.START : log.entries().get(base - 1).position(),
        List.copyOf(log.after(base)),
        promise,
        known,
        known,
        rebuilding);
  }

  /** What a core asks for is on disk. */
  private List<Entry> older(long first, int limit) {
    if (first < 1 || first - 1 + limit > log.lastIndex()) {
      throw new Violation("replica " + id + " reads " + limit + " entries from " + first
          + ", but its log on disk ends at " + log.lastIndex());
    }
    return List.copyOf(log.entries().subList((int) first - 1, (int) first - 1 + limit));
  }

  /** What is applied was committed, even where the log was not yet told so. */
  private long known() {
    return Math.max(committed, applied);
  }

  @Override
  public ReplicaCore boot(long seed) {
    DurableState durable = durable();
    return wiring.core(() -> new PrimaryBackupCore(id, members, durable, this::older, OPTIONS));
  }

  @Override
  public List<Entry> state() {
    return log.entries().subList(0, (int) known());
  }

  @Override
  public List<Entry> orders() {
    return orders;
  }

  /** Those that are written, and what the log leads to behind them. */
  @Override
  public List<Entry> load(OrderBook book) {
    for (int number = (int) book.count(); number < orders.size(); number++) {
      book.restore(number, orders.get(number).purchase());
    }
    List<Entry> all = new ArrayList<>(orders);
    for (Entry entry : state().subList((int) applied, (int) known())) {
      book.apply(entry).ifPresent(order -> all.add(entry));
    }
    return all;
  }

  @Override
  public LogMirror logAtBoot() {
    return new LogMirror(LogPosition.START, log.entries());
  }

  @Override
  public void write(Write write) {
    write(write, write.append().size());
  }

  private void write(Write write, int appended) {
    boolean whole = appended == write.append().size();
    boolean fetched = rebuilding && !write.rebuilding();
    if (!fetched || whole) {
      promise = write.promise();
      rebuilding = write.rebuilding();
    }
    if (write.truncateFrom() > 0) {
      committed = 0;
    }
    log.write(write, appended);
    if (whole && appended > 0) {
      committed = write.committed();
    }
    checkLength();
  }

  private void checkLength() {
    if (known() > log.lastIndex()) {
      throw new Violation("replica " + id + " writes committed=" + committed + " applied=" + applied
          + " beyond its log");
    }
  }

  /** As if fewer entries had been sent. */
  @Override
  public void tear(Write write, Chance chance) {
    write(write, chance.below(write.append().size() + 1));
  }

  @Override
  public void carryOut(Command command, Applied known) {
    throw new IllegalStateException("no command of this engine: " + command);
  }

  @Override
  public void tear(Command command, Applied known) {
    carryOut(command, known);
  }

  @Override
  public boolean savesWithTheLog() {
    return true;
  }

  @Override
  public boolean save(Applied known) {
    if (known.state().size() > applied) {
      applied = known.state().size();
      orders = new ArrayList<>(known.orders());
    }
    checkLength();
    return false;
  }

  @Override
  public Applied saved() {
    throw new IllegalStateException("this engine has no snapshots");
  }

  @Override
  public boolean holds(Entry entry) {
    return log.holds(entry);
  }

  @Override
  public void lose() {
    log = new LogMirror();
    promise = Promise.NONE;
    committed = 0;
    applied = 0;
    orders = new ArrayList<>();
    rebuilding = true;
  }

  @Override
  public Runnable copy() {
    List<Entry> entries = List.copyOf(log.entries());
    Promise keptPromise = promise;
    long keptCommitted = committed;
    long keptApplied = applied;
    List<Entry> keptOrders = List.copyOf(orders);
    boolean keptRebuilding = rebuilding;
    return () -> {
      log = new LogMirror(LogPosition.START, entries);
      promise = keptPromise;
      committed = keptCommitted;
      applied = keptApplied;
      orders = new ArrayList<>(keptOrders);
      rebuilding = keptRebuilding;
    };
  }

  @Override
  public boolean isRebuilding() {
    return rebuilding;
  }

  @Override
  public String text() {
    return "promise=" + promise + " last=" + log.last() + " committed=" + committed + " applied="
        + applied;
  }
}
