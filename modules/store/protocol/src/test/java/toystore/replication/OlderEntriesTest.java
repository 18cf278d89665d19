package toystore.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import toystore.model.LogPosition;

/** A log with a short tail in memory answers as one that has all of it there. */
class OlderEntriesTest {
  private static final int SEEDS = 300;
  private static final int STEPS = 400;
  private static final int MOST_KEPT = 5;

  private final List<Entry> disk = new ArrayList<>();
  private int reads;

  private List<Entry> older(long first, int limit) {
    reads++;
    return List.copyOf(disk.subList((int) first - 1, (int) first - 1 + limit));
  }

  @Test
  void answersAsIfAllWereInMemory() {
    for (int seed = 0; seed < SEEDS; seed++) {
      live(new Random(seed));
    }
    assertTrue(reads > 10 * SEEDS, "reads=" + reads);
  }

  private void live(Random random) {
    disk.clear();
    OrderLog whole = new OrderLog(LogPosition.START, List.of(), 0, OlderEntries.NONE);
    OrderLog log = new OrderLog(LogPosition.START, List.of(), 0, this::older);
    long epoch = 1;
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> append(whole, log, epoch, 1 + random.nextInt(4));
        case 3 -> epoch += random.nextInt(2);
        case 4 -> commit(whole, log, whole.committed() + random.nextInt(5));
        case 5 -> truncate(whole, log, whole.committed() + 1 + random.nextInt(4));
        case 6 -> write(whole, random);
        default -> log.keepInMemory(1 + random.nextInt(MOST_KEPT), disk.size());
      }
      demandSame(whole, log, random, epoch);
      if (random.nextInt(50) == 0) {
        log = restarted(log, random);
        whole = new OrderLog(LogPosition.START, disk, log.committed(), OlderEntries.NONE);
      }
    }
  }

  private static void append(OrderLog whole, OrderLog log, long epoch, int entries) {
    for (int i = 0; i < entries; i++) {
      Entry entry = Entry.noOp(whole.lastIndex() + 1, epoch);
      whole.append(entry);
      log.append(entry);
    }
  }

  private static void commit(OrderLog whole, OrderLog log, long index) {
    long upTo = Math.min(index, whole.lastIndex());
    whole.commitTo(upTo);
    log.commitTo(upTo);
  }

  private void truncate(OrderLog whole, OrderLog log, long index) {
    long from = Math.min(index, whole.lastIndex() + 1);
    whole.truncateFrom(from);
    log.truncateFrom(from);
    disk.subList((int) Math.min(from - 1, disk.size()), disk.size()).clear();
  }

  /** The disk is behind the log in memory, and the committed index may be ahead of the disk. */
  private void write(OrderLog whole, Random random) {
    long end = disk.size() + random.nextInt((int) (whole.lastIndex() - disk.size()) + 1);
    disk.addAll(whole.slice(disk.size() + 1, (int) (end - disk.size())));
  }

  private OrderLog restarted(OrderLog log, Random random) {
    int committed = (int) Math.min(log.committed(), disk.size());
    int base = random.nextInt(committed + 1);
    LogPosition position = base == 0 ? LogPosition.START : disk.get(base - 1).position();
    return new OrderLog(position, disk.subList(base, disk.size()), committed, this::older);
  }

  private static void demandSame(OrderLog whole, OrderLog log, Random random, long epoch) {
    long last = whole.lastIndex();
    assertEquals(last, log.lastIndex());
    assertEquals(whole.last(), log.last());
    assertEquals(whole.committed(), log.committed());
    long index = random.nextInt((int) last + 1);
    assertEquals(whole.positionAt(index), log.positionAt(index));
    LogPosition asked = new LogPosition(index == 0 ? 0 : 1 + random.nextInt((int) epoch), index);
    assertEquals(whole.has(asked), log.has(asked));
    int limit = random.nextInt(12);
    assertEquals(whole.slice(index + 1, limit), log.slice(index + 1, limit));
    assertEquals(whole.latest(limit), log.latest(limit));
    if (index > 0) {
      assertEquals(whole.entryAt(index), log.entryAt(index));
    }
    if (index > whole.committed()) {
      assertEquals(whole.retryBefore(asked), log.retryBefore(asked));
    }
  }

  @Test
  void whatIsNotOnDiskStaysInMemory() {
    OrderLog log = new OrderLog(LogPosition.START, List.of(), 0, this::older);
    append(new OrderLog(LogPosition.START, List.of(), 0, OlderEntries.NONE), log, 1, 20);
    log.commitTo(20);

    log.keepInMemory(1, 0);

    assertEquals(20, log.slice(1, 100).size());
    assertEquals(0, reads);
  }

  @Test
  void whatIsNotCommittedStaysInMemory() {
    OrderLog log = new OrderLog(LogPosition.START, List.of(), 0, this::older);
    append(new OrderLog(LogPosition.START, List.of(), 0, OlderEntries.NONE), log, 1, 20);

    log.keepInMemory(1, 20);

    assertEquals(20, log.slice(1, 100).size());
    assertEquals(0, reads);
  }

  @Test
  void otherEntriesThanThoseAskedForAreRefused() {
    OrderLog log = new OrderLog(
        new LogPosition(1, 2), List.of(), 2, (first, limit) -> List.of(Entry.noOp(first + 1, 1)));

    assertThrows(IllegalStateException.class, () -> log.slice(1, 2));
    assertThrows(IllegalStateException.class, () -> log.entryAt(1));
  }
}
