package toystore.order;

import java.util.List;
import java.util.stream.LongStream;
import toystore.disk.DataFolder;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.order.log.LogFile;
import toystore.replication.DurableState;
import toystore.replication.OrderBook;

/** In a primary-backup replica's files. */
class LogFlipsTest extends FlippedFiles {
  private record Disk(
      DurableState log, LogPosition applied, List<PurchaseRequest> orders, long lastIndex) {}

  private OpenReplica opened;

  @Override
  protected Stores open(DataFolder data) {
    opened = new OpenReplica(data, LogFile::open);
    opened.files.load();
    return new Stores(opened.log, opened.orders);
  }

  @Override
  protected Object read(DataFolder data, Stores stores) {
    OrderBook book = opened.files.book();
    return new Disk(
        opened.found,
        stores.orders().applied(),
        LongStream.range(0, book.count()).mapToObj(book::purchase).toList(),
        stores.orders().lastIndex());
  }
}
