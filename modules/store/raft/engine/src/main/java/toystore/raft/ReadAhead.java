package toystore.raft;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import toystore.model.LogPosition;
import toystore.raft.core.SnapshotChunk;

/**
 * Reads the pieces of snapshots, each time one more than was asked for: while a follower takes a
 * piece in, the next one is read. One piece is kept, so followers that are served at the same time
 * may take it from each other; then a piece is read when it is asked for. Any thread may ask.
 */
final class ReadAhead {
  private final BiFunction<LogPosition, Long, CompletableFuture<SnapshotChunk>> reader;
  // Invariant: it is the piece of exactly this snapshot, from exactly this offset.
  private Optional<Ahead> ahead = Optional.empty();

  private record Ahead(LogPosition state, long offset, CompletableFuture<SnapshotChunk> chunk) {
    boolean is(LogPosition ofState, long ofOffset) {
      return state.equals(ofState) && offset == ofOffset;
    }
  }

  /** @param reader reads the piece of a snapshot that starts behind an offset */
  ReadAhead(BiFunction<LogPosition, Long, CompletableFuture<SnapshotChunk>> reader) {
    this.reader = reader;
  }

  /** That piece of that snapshot. Where there is one behind it, that is read next. */
  CompletableFuture<SnapshotChunk> read(LogPosition state, long offset) {
    // Before the piece is given away: who has it may ask for the next one at once.
    return taken(state, offset).whenComplete((chunk, failure) -> {
      if (failure == null && chunk.next() < state.index()) {
        readNext(state, chunk.next());
      }
    });
  }

  private synchronized CompletableFuture<SnapshotChunk> taken(LogPosition state, long offset) {
    Optional<Ahead> asked = ahead.filter(read -> read.is(state, offset));
    // A piece is some hundred kilobytes, and it is seldom asked for again.
    ahead = Optional.empty();
    return asked.map(Ahead::chunk).orElseGet(() -> reader.apply(state, offset));
  }

  private synchronized void readNext(LogPosition state, long offset) {
    ahead = Optional.of(new Ahead(state, offset, reader.apply(state, offset)));
  }
}
