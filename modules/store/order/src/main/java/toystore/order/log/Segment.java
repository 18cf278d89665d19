package toystore.order.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import toystore.model.LogPosition;
import toystore.replication.Entry;

/**
 * What a segment of the log holds.
 *
 * @param before the position before its first entry
 * @param epochs the first index of each epoch in it
 * @param committed the highest index that its entries say was committed; 0 where they say none
 * @param offsets where each entry's record starts
 * @param end where the next record goes
 * @param torn whether bytes of a torn record are behind it
 * @param cut whether a mark is there, and behind it perhaps entries that were being removed
 */
record Segment(
    LogPosition before,
    NavigableMap<Long, Long> epochs,
    long committed,
    List<Integer> offsets,
    int end,
    boolean torn,
    boolean cut) {

  long lastIndex() {
    return before.index() + offsets.size();
  }

  /**
   * The entries behind this index, of which there may be none.
   *
   * @param index from the one before the first entry to the last one's
   * @param bytes the file that was read
   */
  List<Entry> entriesBehind(long index, ByteBuffer bytes) throws DamageException {
    int first = (int) (index - before.index());
    List<Entry> entries = new ArrayList<>(offsets.size() - first);
    for (int at : offsets.subList(first, offsets.size())) {
      entries.add(LogFormat.entry(bytes, at));
    }
    return entries;
  }
}
