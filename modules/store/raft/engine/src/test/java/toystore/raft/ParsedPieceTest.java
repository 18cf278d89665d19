package toystore.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.order.OrderStore.OrderRow;
import toystore.raft.core.SnapshotChunk;

/** To parse a piece takes longer than to take it in. */
class ParsedPieceTest {
  private final List<SnapshotChunk> parsings = new ArrayList<>();
  private final ParsedPiece parsed = new ParsedPiece(this::parse);

  /** The order that a piece says is its offset's. */
  private List<OrderRow> parse(SnapshotChunk chunk) {
    parsings.add(chunk);
    long number = chunk.offset();
    return List.of(new OrderRow(number, new PurchaseRequest("key", "Tux", 1), number + 1));
  }

  private static SnapshotChunk piece(long offset) {
    return new SnapshotChunk(new LogPosition(2, 9), offset, offset + 1, "text");
  }

  @Test
  void aPieceThatWasLookedAtIsNotParsedAgain() {
    SnapshotChunk piece = piece(3);

    List<OrderRow> looked = parsed.parse(piece);
    List<OrderRow> taken = parsed.take(piece);

    assertEquals(looked, taken);
    assertEquals(List.of(piece), parsings);
  }

  /** As when one was looked at and not wanted. */
  @Test
  void whatIsTakenIsWhatThatPieceSays() {
    parsed.parse(piece(3));

    assertEquals(4, parsed.take(piece(4)).get(0).number());
    assertEquals(List.of(piece(3), piece(4)), parsings);
  }

  /** It is some hundred kilobytes, and nobody takes it again. */
  @Test
  void aPieceIsKeptUntilOneIsTaken() {
    SnapshotChunk piece = piece(3);
    parsed.parse(piece);
    parsed.take(piece(4));

    parsed.take(piece);

    assertEquals(List.of(piece, piece(4), piece), parsings);
  }

  @Test
  void aPieceThatIsNoneIsNotKeptForAnother() {
    SnapshotChunk broken = piece(3);
    ParsedPiece refusing = new ParsedPiece(chunk -> {
      parsings.add(chunk);
      throw new IllegalArgumentException("no piece");
    });

    assertThrows(IllegalArgumentException.class, () -> refusing.parse(broken));
    assertThrows(IllegalArgumentException.class, () -> refusing.take(broken));

    assertEquals(2, parsings.size());
  }
}
