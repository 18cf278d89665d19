package toystore.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.raft.core.SnapshotChunk;
import toystore.replication.Entry;
import toystore.virtualtime.Violation;

/**
 * The pieces of snapshots that have come, each of which says one line an entry: with the number of
 * the order that it made, if it made one. Real pieces have these lines only; the others are here
 * for the checks.
 */
final class Snapshot {
  private static final int WORDS_OF_AN_ORDER = 6;

  private final SortedMap<Long, Entry> entries = new TreeMap<>();

  /** Where the orders of a piece go. */
  interface Taker {
    void take(long number, Entry entry);
  }

  /** Keeps what the piece says, and hands its orders on. */
  void add(SnapshotChunk piece, Taker orders) {
    piece.data().lines().forEach(line -> {
      String[] words = line.split(" ");
      Entry entry = entry(words);
      entries.put(entry.index(), entry);
      if (words.length == WORDS_OF_AN_ORDER) {
        orders.take(Long.parseLong(words[5]), entry);
      }
    });
  }

  /** Adds, to what is applied, the pieces up to this position, which must have come. */
  void addTo(List<Entry> applied, LogPosition end) {
    for (long index = applied.size() + 1L; index <= end.index(); index++) {
      if (!entries.containsKey(index)) {
        throw new Violation("entry " + index + " is in no piece of the snapshot up to " + end);
      }
      applied.add(entries.get(index));
    }
  }

  /** What a piece with the entries from one index to another says. */
  static String text(ReplicaDisk.Applied known, long from, long end) {
    List<String> lines = new ArrayList<>();
    for (Entry entry : known.state().subList((int) from, (int) end)) {
      int number = known.orders().indexOf(entry);
      lines.add(line(entry) + (number < 0 ? "" : " " + number));
    }
    return String.join("\n", lines);
  }

  private static String line(Entry entry) {
    PurchaseRequest purchase = entry.purchase();
    String place = entry.index() + " " + entry.epoch();
    return purchase == null
        ? place
        : place + " " + purchase.key() + " " + purchase.name() + " " + purchase.quantity();
  }

  private static Entry entry(String[] words) {
    long index = Long.parseLong(words[0]);
    long epoch = Long.parseLong(words[1]);
    return words.length == 2
        ? Entry.noOp(index, epoch)
        : Entry.of(
            index, epoch, new PurchaseRequest(words[2], words[3], Integer.parseInt(words[4])));
  }
}
