package toystore.replication;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import toystore.replication.Effects.Promise;

/**
 * How much of the log, and which promise, a crash cannot undo; and whether the disk gets on. Writes
 * end in the order in which they began. Owned by one core.
 */
public final class WriteProgress {
  /**
   * A write that has not ended.
   *
   * @param last where the disk's log ends then; less where a later write truncates it
   */
  private record PendingWrite(long id, long last, Promise promise) {}

  private final DiskWatch disk;
  private final Deque<PendingWrite> underWay = new ArrayDeque<>();
  private long lastId;
  /** All up to here is durable. Invariant: never more than the log holds. */
  private long durable;
  /** The promise that is durable. */
  private Promise promise;

  /**
   * Of a disk on which this was found.
   *
   * @param last index at which its log ends
   */
  public WriteProgress(Promise promise, long last, DiskWatch disk) {
    this.promise = promise;
    this.durable = last;
    this.disk = disk;
  }

  /** The id of the next write. */
  public long nextId() {
    return lastId + 1;
  }

  /** The next write begins: once it has ended, log and promise are durable as they are now. */
  public void begin(long last, Promise newPromise) {
    underWay.add(new PendingWrite(++lastId, last, newPromise));
  }

  /** This write has ended, and all before it. */
  public void ended(long id) {
    if (!underWay.isEmpty() && underWay.peek().id() <= id) {
      disk.wrote();
    }
    while (!underWay.isEmpty() && underWay.peek().id() <= id) {
      PendingWrite write = underWay.remove();
      durable = Math.max(durable, write.last());
      promise = write.promise();
    }
  }

  /**
   * The log lost its entries from this index on. What a write that is under way brought there is
   * not what the log will hold there.
   */
  public void truncatedFrom(long index) {
    durable = Math.min(durable, index - 1);
    List<PendingWrite> cut = underWay.stream()
        .map(write ->
            new PendingWrite(write.id(), Math.min(write.last(), index - 1), write.promise()))
        .toList();
    underWay.clear();
    underWay.addAll(cut);
  }

  /** The disk has all up to here by another way. */
  public void durableThrough(long index) {
    durable = Math.max(durable, index);
  }

  /** Last index of which a crash leaves this entry and all before. */
  public long durable() {
    return durable;
  }

  /** The promise as the latest write has it, ended or not. */
  public Promise written() {
    return underWay.isEmpty() ? promise : underWay.peekLast().promise();
  }

  /** Whether no crash could undo this promise, and no write under way will. */
  public boolean isDurable(Promise made) {
    return made.equals(promise) && made.equals(written());
  }

  public void tick() {
    disk.tick(!underWay.isEmpty());
  }

  /** Whether the disk has ended no write for longer than a stall takes. */
  public boolean isStuck() {
    return disk.isStuck();
  }
}
