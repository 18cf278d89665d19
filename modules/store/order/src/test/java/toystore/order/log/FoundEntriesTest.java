package toystore.order.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;

/** Of one large segment a start gives the last entries, and all that nobody knows committed. */
class FoundEntriesTest extends SegmentedLogCase {
  private static final int ENTRIES = 6_000;
  private static final int KEPT = 4_096;
  private static final int IN_AN_EPOCH = 700;

  private final List<Entry> written = LongStream.rangeClosed(1, ENTRIES)
      .mapToObj(index -> Entry.of(
          index,
          Epochs.of(1 + index / IN_AN_EPOCH, 0),
          new PurchaseRequest("key-" + index, "Tux", 1)))
      .toList();

  private SegmentedLog start(long known) {
    return SegmentedLog.open(
        folder, "order-1", SegmentedLog.SEGMENT_BYTES, true, known, LogFile::open, failure -> {});
  }

  @BeforeEach
  void writeMany() throws IOException {
    try (SegmentedLog log = start(FoundLog.READ_ALL)) {
      log.promise(new Promise(Epochs.of(ENTRIES, 0), 1));
      log.append(written);
      log.sync();
    }
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        FoundLog.READ_ALL,
        0,
        1,
        IN_AN_EPOCH - 1,
        IN_AN_EPOCH,
        ENTRIES - KEPT - 1,
        ENTRIES - KEPT,
        ENTRIES - KEPT + 1,
        ENTRIES
      })
  void whatIsNotKnownCommittedIsGivenAndFewOfTheOthers(long known) throws IOException {
    int base = (int) Math.max(0, Math.min(known, ENTRIES - KEPT));
    try (SegmentedLog log = start(known)) {
      assertEquals(
          base == 0 ? LogPosition.START : written.get(base - 1).position(), log.foundBehind());
      assertEquals(written.subList(base, ENTRIES), log.takeFound());
      assertEquals(written.get(ENTRIES - 1).position(), log.last());
    }
    // What was not given is read where it is asked for, as it was written.
    assertEquals(written.subList(0, base), new OlderSegments(folder).entries(1, base));
  }

  @Test
  void theLogIsTruncatedAndGoesOnBehindWhatWasNotGiven() throws IOException {
    Entry other = Entry.noOp(ENTRIES, Epochs.of(ENTRIES, 0));
    try (SegmentedLog log = start(ENTRIES - 1)) {
      log.truncateFrom(ENTRIES);
      log.append(List.of(other));
      log.sync();
    }
    try (SegmentedLog log = start(ENTRIES)) {
      List<Entry> found = log.takeFound();
      assertEquals(other, found.get(KEPT - 1));
      assertEquals(written.get(ENTRIES - 2), found.get(KEPT - 2));
    }
  }
}
