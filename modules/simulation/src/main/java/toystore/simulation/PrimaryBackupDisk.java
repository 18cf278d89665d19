package toystore.simulation;

import java.util.List;
import toystore.replication.DurableState;
import toystore.replication.Effects.Command;
import toystore.replication.Effects.Promise;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.replication.LogPosition;
import toystore.replication.PrimaryBackupOptions;
import toystore.replication.ReplicaCore;

/** The log and the promise in one database: a write is there as a whole, or not at all. */
final class PrimaryBackupDisk implements ReplicaDisk {
  private static final PrimaryBackupOptions OPTIONS = new PrimaryBackupOptions(3, 6, 12, 6);

  private final int id;
  private final List<Integer> members;
  private final Wiring wiring;
  private LogMirror log = new LogMirror();
  private Promise promise = Promise.NONE;
  private long committed;
  private boolean rebuilding = true;

  PrimaryBackupDisk(int id, List<Integer> members, Wiring wiring) {
    this.id = id;
    this.members = members;
    this.wiring = wiring;
  }

  private DurableState durable() {
    return new DurableState(List.copyOf(log.entries()), promise, committed, committed, rebuilding);
  }

  @Override
  public ReplicaCore boot(long seed) {
    return wiring.primaryBackup(id, members, durable(), OPTIONS);
  }

  @Override
  public List<Entry> state() {
    return log.entries().subList(0, (int) committed);
  }

  @Override
  public LogMirror logAtBoot() {
    return new LogMirror(LogPosition.START, log.entries());
  }

  @Override
  public void write(Write asked) {
    Write write = wiring.written(asked, promise);
    log.write(write, write.append().size());
    promise = write.promise();
    committed = write.committed();
    rebuilding = write.rebuilding();
    if (committed > log.lastIndex()) {
      throw new Violation("replica " + id + " writes committed=" + committed + " beyond its log");
    }
  }

  @Override
  public void tear(Write write, Chance chance) {
    // A transaction that was not finished is rolled back.
  }

  @Override
  public void carryOut(Command command) {
    throw new IllegalStateException("no command of this engine: " + command);
  }

  @Override
  public boolean save(List<Entry> applied) {
    return false;
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
    rebuilding = true;
  }

  @Override
  public boolean isRebuilding() {
    return rebuilding;
  }

  @Override
  public String text() {
    return "promise=" + promise + " last=" + log.last() + " committed=" + committed;
  }
}
