package toystore.order;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import toystore.disk.DataFolder;
import toystore.disk.Database;
import toystore.disk.Schema;
import toystore.edge.MessageFormat;
import toystore.model.EngineName;
import toystore.model.Order;
import toystore.primarybackup.PrimaryBackupCore;
import toystore.primarybackup.PrimaryBackupMessage;
import toystore.primarybackup.PrimaryBackupOptions;
import toystore.replication.DurableState;
import toystore.replication.Entry;
import toystore.replication.OrderBook;

/** The engine whose leader the front-end appoints. Its log and the orders share one file. */
final class PrimaryBackupEngine implements Engine {
  private static final EngineName NAME = EngineName.PRIMARY_BACKUP;
  static final String FILE = "orders.db";

  @Override
  public EngineName name() {
    return NAME;
  }

  @Override
  public MessageFormat messageFormat() {
    return new MessageFormat(List.of(
        PrimaryBackupMessage.PromiseRequest.class,
        PrimaryBackupMessage.PromiseReply.class,
        PrimaryBackupMessage.FetchRequest.class,
        PrimaryBackupMessage.FetchReply.class,
        PrimaryBackupMessage.AppendRequest.class,
        PrimaryBackupMessage.AppendReply.class));
  }

  private static Schema schema(String service) {
    List<String> tables =
        Stream.concat(OrderStore.TABLES.stream(), LogStore.TABLES.stream()).toList();
    return new Schema(
        service, NAME.toString(), Schema.Loss.IS_MADE_GOOD, OrderStore.SCHEMA_VERSION, tables);
  }

  @Override
  public OpenedEngine open(OrderConfig config, DataFolder folder, Consumer<Throwable> onFailure) {
    Database database = open(config.service(), folder, onFailure);
    OrderStore orders = new OrderStore(database);
    LogStore log = new LogStore(database, orders);
    DurableState state = log.load();
    OrderBook book = new OrderBook(new SecureRandom().nextLong());
    bringLevel(state, orders, book);
    PrimaryBackupCore core =
        new PrimaryBackupCore(config.id(), members(config), state, PrimaryBackupOptions.DEFAULTS);
    return new OpenedEngine(core, log, orders, book);
  }

  static Database open(String service, DataFolder folder, Consumer<Throwable> onFailure) {
    return Database.open(
        folder.file(FILE),
        schema(service),
        session -> OrderStore.digest(session) + LogStore.digest(session),
        folder.files(),
        onFailure);
  }

  private static List<Integer> members(OrderConfig config) {
    return Stream.concat(Stream.of(config.id()), config.peers().stream().map(OrderConfig.Peer::id))
        .sorted()
        .toList();
  }

  /** Applied orders are written after the log that has them, so a crash may have lost the last. */
  private static void bringLevel(DurableState state, OrderStore orders, OrderBook book) {
    long known = orders.applied().index();
    for (Entry entry : state.entries().subList(0, (int) state.committed())) {
      Optional<Order> order = book.apply(entry);
      if (entry.index() > known) {
        order.ifPresent(o -> orders.add(o.number(), entry.purchase(), entry.index()));
        orders.appliedUpTo(entry.position());
      }
    }
  }
}
