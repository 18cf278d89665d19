package toystore.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import toystore.model.PurchaseRequest;
import toystore.raft.SnapshotChunk;
import toystore.replication.Entry;
import toystore.replication.LogPosition;

/** The pieces of a snapshot that have come, each of which says one line an entry. */
final class Snapshot {
  private final List<Entry> entries = new ArrayList<>();

  void add(SnapshotChunk piece) {
    if (piece.offset() == 0) {
      entries.clear();
    }
    if (piece.offset() != entries.size()) {
      throw new Violation(piece + " is put by after " + entries.size());
    }
    piece.data().lines().map(Snapshot::entry).forEach(entries::add);
  }

  /** All entries up to this position, which must be exactly what has come. */
  List<Entry> whole(LogPosition end) {
    if (entries.size() != end.index()) {
      throw new Violation("a snapshot up to " + end + " is installed from " + entries);
    }
    return List.copyOf(entries);
  }

  /** What a piece with these entries says. */
  static String text(List<Entry> entries) {
    return entries.stream().map(Snapshot::line).collect(Collectors.joining("\n"));
  }

  private static String line(Entry entry) {
    PurchaseRequest purchase = entry.purchase();
    String place = entry.index() + " " + entry.epoch();
    return purchase == null
        ? place
        : place + " " + purchase.key() + " " + purchase.name() + " " + purchase.quantity();
  }

  private static Entry entry(String line) {
    String[] words = line.split(" ");
    long index = Long.parseLong(words[0]);
    long epoch = Long.parseLong(words[1]);
    return words.length == 2
        ? Entry.noOp(index, epoch)
        : Entry.of(
            index, epoch, new PurchaseRequest(words[2], words[3], Integer.parseInt(words[4])));
  }
}
