package toystore.raft;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import toystore.order.OrderStore.OrderRow;
import toystore.raft.core.SnapshotChunk;

/**
 * The piece of a snapshot that came last, with what it says. It is looked at before it is taken in,
 * and to parse it takes longer than to take it in: so it is parsed once. Owned by one event loop.
 */
final class ParsedPiece {
  private final Function<SnapshotChunk, List<OrderRow>> parser;
  private Optional<Parsed> last = Optional.empty();

  private record Parsed(SnapshotChunk chunk, List<OrderRow> rows) {}

  ParsedPiece(Function<SnapshotChunk, List<OrderRow>> parser) {
    this.parser = parser;
  }

  /** What this piece says, which is kept. */
  List<OrderRow> parse(SnapshotChunk chunk) {
    Parsed parsed = new Parsed(chunk, parser.apply(chunk));
    last = Optional.of(parsed);
    return parsed.rows;
  }

  /** What this piece says; it is parsed only when it is not the one that is kept. */
  List<OrderRow> take(SnapshotChunk chunk) {
    // The same object, as it came: so its text, some hundred kilobytes, need not be compared.
    Optional<Parsed> kept = last.filter(parsed -> parsed.chunk == chunk);
    last = Optional.empty();
    return kept.map(Parsed::rows).orElseGet(() -> parser.apply(chunk));
  }
}
