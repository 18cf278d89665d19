package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.disk.DurableExtent;
import toystore.disk.MarkFile;
import toystore.model.Epochs;
import toystore.model.PurchaseRequest;
import toystore.order.log.SegmentedLog;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;

/** How a log, whole or not, is told to a person; what is read is the engine's affair. */
class LogCommandTest extends CommandCase {
  private static final long TERM = Epochs.of(2, 0);

  private Path writeLog() throws IOException {
    Path folder = data().resolve("order-1").resolve(SegmentedLog.FOLDER);
    try (SegmentedLog log = SegmentedLog.open(folder, "order-1", SegmentedLog.SEGMENT_BYTES)) {
      log.promise(new Promise(TERM, 3));
      log.append(List.of(
          Entry.noOp(1, TERM),
          Entry.of(2, TERM, new PurchaseRequest("k-1", "Tux", 4)),
          Entry.of(3, TERM, new PurchaseRequest("k-2", "Fox", 5))));
      log.sync();
    }
    return folder;
  }

  @Test
  void eachEntryIsALine() throws IOException {
    writeLog();

    List<String> lines = run(0, "log", "--replica", "1").lines().toList();

    assertEquals(
        List.of(
            "{\"index\":1,\"term\":2}",
            "{\"index\":2,\"term\":2,\"key\":\"k-1\",\"name\":\"Tux\",\"quantity\":4}",
            "{\"index\":3,\"term\":2,\"key\":\"k-2\",\"name\":\"Fox\",\"quantity\":5}",
            "term=2 vote=3 segments=1 first=1 last=3 torn=false verified=true"),
        lines);
  }

  @Test
  void fromAnIndexOn() throws IOException {
    writeLog();

    String said = run(0, "log", "--replica", "1", "--from", "3");

    assertTrue(said.startsWith("{\"index\":3,"), said);
  }

  @Test
  void aDamagedLogIsSaidWithTheWayOut() throws IOException {
    Files.delete(writeLog().resolve("promise"));

    String said = run(1, "log", "--replica", "1");

    assertTrue(said.contains("is damaged: term and vote are missing"), said);
    assertTrue(said.contains("bin/toystore rebuild order-1"), said);
  }

  @Test
  void aLogThatIsOlderThanItsMarkIsDamaged() throws IOException {
    Path log = writeLog();
    MarkFile.open(log.resolve("mark"), new DurableExtent(4, TERM)).close();

    String said = run(1, "log", "--replica", "1");

    assertTrue(said.contains("\"index\":3"), said);
    assertTrue(said.contains("is damaged: its entry 4 was durable, and is missing"), said);
  }

  @Test
  void whatIsNotThereCannotBeRead() {
    check(
        row("log --replica 3", 4, "replica 3 has no log"),
        row("orders --replica 3", 4, "no orders file"));
  }
}
