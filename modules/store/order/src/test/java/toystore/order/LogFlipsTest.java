package toystore.order;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.disk.DataFolder;
import toystore.disk.Database;
import toystore.model.LogPosition;
import toystore.replication.DurableState;

/** In a primary-backup replica's files. */
class LogFlipsTest extends FlippedFiles {
  private record Disk(DurableState log, LogPosition applied, List<OrderStore.OrderRow> orders) {}

  @Override
  protected Stores open(DataFolder data) {
    Database database = PrimaryBackupEngine.open("order-1", data, failure -> {});
    OrderStore orders = new OrderStore(database);
    return new Stores(new LogStore(database, orders), orders);
  }

  @Override
  protected Object read(DataFolder data, Stores stores) {
    List<OrderStore.OrderRow> rows = new ArrayList<>();
    stores.orders().load(rows::add);
    return new Disk(((LogStore) stores.log()).load(), stores.orders().applied(), rows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders.db", "orders.db-wal", "orders.db.mark"})
  void isRefusedOrChangesNothing(String file) throws IOException {
    flipAfterAKill(Path.of(file));
  }
}
