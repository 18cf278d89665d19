package toystore.order;

import java.util.ArrayList;
import java.util.List;
import toystore.disk.DataFolder;
import toystore.model.LogPosition;
import toystore.order.log.LogFile;
import toystore.replication.DurableState;

/** In a primary-backup replica's files. */
class LogFlipsTest extends FlippedFiles {
  private record Disk(DurableState log, LogPosition applied, List<OrderStore.OrderRow> orders) {}

  private OpenReplica opened;

  @Override
  protected Stores open(DataFolder data) {
    opened = new OpenReplica(data, LogFile::open);
    return new Stores(opened.log, opened.orders);
  }

  @Override
  protected Object read(DataFolder data, Stores stores) {
    List<OrderStore.OrderRow> rows = new ArrayList<>();
    stores.orders().load(rows::add);
    return new Disk(opened.found, stores.orders().applied(), rows);
  }
}
