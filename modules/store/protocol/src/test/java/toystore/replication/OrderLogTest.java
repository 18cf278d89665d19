package toystore.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.LogPosition;

class OrderLogTest {
  private final OrderLog log = new OrderLog(
      LogPosition.START,
      List.of(Entry.noOp(1, 10), Entry.noOp(2, 10), Entry.noOp(3, 20), Entry.noOp(4, 20)),
      2,
      OlderEntries.NONE);

  @Test
  void aGapIsRefused() {
    assertThrows(IllegalStateException.class, () -> log.append(Entry.noOp(6, 20)));
  }

  @Test
  void anEpochBelowTheLastIsRefused() {
    assertThrows(IllegalStateException.class, () -> log.append(Entry.noOp(5, 10)));
  }

  @Test
  void committedEntriesAreNeverRemoved() {
    assertThrows(IllegalStateException.class, () -> log.truncateFrom(2));

    log.truncateFrom(3);

    assertEquals(new LogPosition(10, 2), log.last());
  }

  @Test
  void nothingBeyondTheLogIsCommitted() {
    assertThrows(IllegalStateException.class, () -> log.commitTo(5));
  }

  @Test
  void committedNeverFalls() {
    log.commitTo(1);

    assertEquals(2, log.committed());
  }

  @Test
  void aPositionIsIndexAndEpoch() {
    assertTrue(log.has(LogPosition.START));
    assertTrue(log.has(new LogPosition(20, 3)));
    assertFalse(log.has(new LogPosition(10, 3)));
    assertFalse(log.has(new LogPosition(20, 5)));
  }

  @Test
  void aSliceIsLimited() {
    assertEquals(List.of(Entry.noOp(2, 10), Entry.noOp(3, 20)), log.slice(2, 2));
    assertEquals(List.of(Entry.noOp(4, 20)), log.slice(4, 100));
    assertEquals(List.of(), log.slice(5, 100));
  }

  @Test
  void aMismatchIsRetriedBeforeTheConflictingEpochButNotBelowCommitted() {
    assertEquals(4, log.retryBefore(new LogPosition(30, 9)));
    assertEquals(2, log.retryBefore(new LogPosition(30, 4)));
    assertEquals(2, log.retryBefore(new LogPosition(5, 2)));
  }

  @Test
  void quorumArithmetic() {
    assertEquals(
        List.of(1, 2, 2, 3, 3),
        List.of(1, 2, 3, 4, 5).stream()
            .map(members -> new Quorum(members).majority())
            .toList());
    assertEquals(5, new Quorum(3).reachedByMajority(9, 2, 5));
    assertEquals(2, new Quorum(4).reachedByMajority(9, 2, 5, 1));
    assertEquals(4, new Quorum(1).reachedByMajority(4));
    assertThrows(IllegalArgumentException.class, () -> new Quorum(3).reachedByMajority(1, 2));
  }
}
