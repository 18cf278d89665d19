package toystore.raft;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import toystore.disk.DataFolder;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
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
      List<PurchaseRequest> orders,
      String digest) {}

  private Engine.OpenedEngine opened;

  @Override
  protected Stores open(DataFolder data) {
    opened = OpenEngine.of(new RaftEngine(ENTRIES, SEGMENT, 4, LogFile::open), 1, data);
    return new Stores(opened.log(), opened.orders());
  }

  @Override
  protected Object read(DataFolder data, Stores stores) throws IOException {
    LogReading log = LogReading.of(data.path().resolve(SegmentedLog.FOLDER));
    List<Entry> entries = new ArrayList<>();
    log.forEach(1, entries::add);
    return new Disk(
        opened.core().status(),
        log.promise(),
        entries,
        stores.orders().applied(),
        LongStream.range(0, opened.book().count())
            .mapToObj(opened.book()::purchase)
            .toList(),
        opened.book().digest());
  }
}
