package toystore.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import toystore.model.PurchaseRequest;
import toystore.raft.SnapshotChunk;
import toystore.replication.Entry;
import toystore.replication.LogPosition;

/** The pieces of snapshots that have come, each of which says one line an entry. */
final class Snapshot {
  private final SortedMap<Long, Entry> entries = new TreeMap<>();

  void add(SnapshotChunk piece) {
    piece.data().lines().map(Snapshot::entry).forEach(entry -> entries.put(entry.index(), entry));
  }

  /** Whether a piece with the entry there has come. */
  boolean has(long index) {
    return entries.containsKey(index);
  }

  /** What was applied, and behind it the pieces up to this position, which must have come. */
  List<Entry> behind(List<Entry> applied, LogPosition end) {
    List<Entry> whole = new ArrayList<>(applied);
    for (long index = applied.size() + 1L; index <= end.index(); index++) {
      if (!has(index)) {
        throw new Violation("entry " + index + " is in no piece of the snapshot up to " + end);
      }
      whole.add(entries.get(index));
    }
    return whole;
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
