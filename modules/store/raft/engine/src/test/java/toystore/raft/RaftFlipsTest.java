package toystore.raft;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.disk.DataFolder;
import toystore.model.LogPosition;
import toystore.order.Engine;
import toystore.order.FlippedFiles;
import toystore.order.log.LogFile;
import toystore.order.log.LogReading;
import toystore.order.log.SegmentedLog;
import toystore.replication.Effects;
import toystore.replication.Entry;
import toystore.replication.ReplicaCore;

/** In a Raft replica's files. */
class RaftFlipsTest extends FlippedFiles {
  private static final int SEGMENT = 4_096;

  /** What it starts with. */
  private record Disk(
      ReplicaCore.ReplicaStatus status,
      Effects.Promise vote,
      List<Entry> entries,
      LogPosition applied,
      String orders) {}

  private Engine.OpenedEngine opened;

  @Override
  protected Stores open(DataFolder data) {
    opened = OpenEngine.of(new RaftEngine(ENTRIES, SEGMENT, LogFile::open), 1, data);
    return new Stores(opened.log(), opened.orders());
  }

  @Override
  protected void save(Stores stores, Runnable onSaved) {
    stores.orders().flush(onSaved);
  }

  @Override
  protected Object read(DataFolder data, Stores stores) throws IOException {
    LogReading log = LogReading.of(data.path().resolve(SegmentedLog.FOLDER));
    return new Disk(
        opened.core().status(),
        log.promise(),
        log.entries(),
        stores.orders().applied(),
        opened.book().digest());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"orders.db", "orders.db-wal", "orders.db.mark", "log/promise", "log/mark"})
  void isRefusedOrChangesNothing(String file) throws IOException {
    flipAfterAKill(Path.of(file));
  }

  @Test
  void inAnySegmentToo() throws IOException {
    List<Path> segments = SegmentedLog.segmentPaths(killed().resolve("log"));
    assertTrue(segments.size() > 1);
    for (Path segment : segments) {
      flipAfterAKill(Path.of("log").resolve(segment.getFileName()));
    }
  }
}
