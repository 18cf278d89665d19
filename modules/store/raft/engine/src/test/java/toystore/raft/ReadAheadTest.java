package toystore.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import toystore.model.LogPosition;
import toystore.raft.core.SnapshotChunk;

/** What was read ahead is given to who asks for exactly that, and to nobody else. */
class ReadAheadTest {
  private static final LogPosition STATE = new LogPosition(2, 9);
  private static final LogPosition LATER = new LogPosition(2, 12);
  private static final LogPosition OTHER_TERM = new LogPosition(3, 9);
  private static final int PIECE = 3;

  private final List<Reading> readings = new ArrayList<>();
  private final ReadAhead pieces = new ReadAhead(this::reading);

  /** One piece that is being read. */
  private record Reading(LogPosition state, long offset, CompletableFuture<SnapshotChunk> chunk) {
    void finish() {
      chunk.complete(piece(state, offset));
    }

    String place() {
      return state.epoch() + ":" + state.index() + " from " + offset;
    }
  }

  private CompletableFuture<SnapshotChunk> reading(LogPosition state, long offset) {
    Reading reading = new Reading(state, offset, new CompletableFuture<>());
    readings.add(reading);
    return reading.chunk;
  }

  private static SnapshotChunk piece(LogPosition state, long offset) {
    return new SnapshotChunk(
        state, offset, Math.min(offset + PIECE, state.index()), state + " from " + offset);
  }

  private List<String> places() {
    return readings.stream().map(Reading::place).toList();
  }

  /** A piece, when the disk is done with it. */
  private SnapshotChunk read(LogPosition state, long offset) {
    CompletableFuture<SnapshotChunk> chunk = pieces.read(state, offset);
    // Those that are read while these end are read ahead.
    List.copyOf(readings).forEach(Reading::finish);
    return chunk.getNow(null);
  }

  @Test
  void thePieceBehindIsReadBeforeItIsAskedFor() {
    read(STATE, 0);
    assertEquals(List.of("2:9 from 0", "2:9 from 3"), places());

    assertEquals(piece(STATE, 3), read(STATE, 3));

    assertEquals(List.of("2:9 from 0", "2:9 from 3", "2:9 from 6"), places());
  }

  @Test
  void itIsBeingReadByTheTimeThePieceIsGiven() {
    CompletableFuture<SnapshotChunk> next =
        pieces.read(STATE, 0).thenCompose(first -> pieces.read(STATE, first.next()));
    readings.get(0).finish();
    readings.get(1).finish();

    assertEquals(piece(STATE, 3), next.getNow(null));
    assertEquals(List.of("2:9 from 0", "2:9 from 3", "2:9 from 6"), places());
  }

  @Test
  void whoAsksBeforeItIsReadGetsItThen() {
    read(STATE, 0);

    CompletableFuture<SnapshotChunk> asked = pieces.read(STATE, 3);
    assertFalse(asked.isDone());
    readings.get(1).finish();

    assertEquals(piece(STATE, 3), asked.getNow(null));
  }

  @Test
  void nothingIsReadBehindTheLastPiece() {
    assertEquals(STATE.index(), read(STATE, 6).next());

    assertEquals(List.of("2:9 from 6"), places());
  }

  /** A follower that has more, or asks again for what was lost. */
  @Test
  void anotherOffsetIsReadForItself() {
    read(STATE, 0);

    assertEquals(piece(STATE, 0), read(STATE, 0));
    assertEquals(piece(STATE, 5), read(STATE, 5));
  }

  /** The leader has compacted its log further: same offset, and another snapshot. */
  @Test
  void aSnapshotThatReplacedItIsReadForItself() {
    read(STATE, 0);
    assertEquals(piece(LATER, 3), read(LATER, 3));

    read(STATE, 0);
    assertEquals(piece(OTHER_TERM, 3), read(OTHER_TERM, 3));
  }

  /** Two followers at different places take it from each other, and get what they ask for. */
  @Test
  void twoFollowersGetTheirOwnPieces() {
    assertEquals(piece(STATE, 0), read(STATE, 0));
    assertEquals(piece(LATER, 6), read(LATER, 6));
    assertEquals(piece(STATE, 3), read(STATE, 3));
    assertEquals(piece(LATER, 9), read(LATER, 9));
  }

  /** Orders do not change: whom it was read for makes no difference. */
  @Test
  void anotherFollowerAtTheSamePlaceGetsTheSamePiece() {
    read(STATE, 0);

    assertEquals(piece(STATE, 3), read(STATE, 3));
    assertEquals(piece(STATE, 3), read(STATE, 3));
  }

  @Test
  void aPieceThatCannotBeReadIsToldToWhoAsksForIt() {
    read(STATE, 0);
    readings.get(1).chunk.completeExceptionally(new IllegalStateException("damaged"));

    assertTrue(pieces.read(STATE, 3).isCompletedExceptionally());
    assertEquals(2, readings.size());
  }

  /** It is some hundred kilobytes. */
  @Test
  void aPieceIsNotKeptOnceItIsGiven() {
    read(STATE, 3);
    read(STATE, 6);

    assertEquals(piece(STATE, 6), read(STATE, 6));

    assertEquals(List.of("2:9 from 3", "2:9 from 6", "2:9 from 6"), places());
  }
}
