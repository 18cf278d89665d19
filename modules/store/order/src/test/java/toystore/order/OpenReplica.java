package toystore.order;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import toystore.disk.DataFolder;
import toystore.disk.DataFolderException;
import toystore.disk.Database;
import toystore.disk.Patience;
import toystore.edge.Address;
import toystore.model.Epochs;
import toystore.model.PurchaseRequest;
import toystore.order.log.LogFile;
import toystore.order.log.LogWriter;
import toystore.order.log.OlderLogCheck;
import toystore.order.log.SegmentedLog;
import toystore.replication.DurableState;
import toystore.replication.Effects;
import toystore.replication.Entry;

/** The files of a primary-backup replica, as it opens them, and no replica. */
final class OpenReplica implements AutoCloseable {
  static final long EPOCH = Epochs.of(3, 1);
  static final Effects.Promise PROMISE = new Effects.Promise(EPOCH, 2);

  static final int STEP = 4;

  private static final int SEGMENT = 4_096;
  private static final Duration SECOND = Duration.ofSeconds(1);

  final Database database;
  final OrderStore orders;
  final OrdersOnDisk files;
  final DurableState found;
  final LogStore log;
  private final DataFolder data;

  OpenReplica(Path folder) {
    this(folder, "order-1");
  }

  OpenReplica(Path folder, String service) {
    this(DataFolder.open(folder), service, LogFile::open);
  }

  OpenReplica(DataFolder data, LogFile.Opener opener) {
    this(data, "order-1", opener);
  }

  private OpenReplica(DataFolder data, String service, LogFile.Opener opener) {
    this.data = data;
    try {
      Path path = data.file(SegmentedLog.FOLDER);
      files = PrimaryBackupEngine.orders(service, data, STEP, failure -> {});
      database = files.database();
      orders = files.store();
      SegmentedLog segments = SegmentedLog.open(
          path, service, SEGMENT, true, orders.applied().index(), opener, failure -> {});
      found = LogStore.load(segments, path, orders.applied());
      log = new LogStore(
          files,
          new LogWriter(service, segments, failure -> {}),
          OlderLogCheck.start(service, path, 0, failure -> {}));
    } catch (DataFolderException e) {
      data.close();
      throw e;
    }
  }

  /** Makes entries durable, by a replica that is not rebuilding. */
  void persist(long truncateFrom, long committed, Entry... append) {
    persist(new Effects.Write(1, truncateFrom, List.of(append), PROMISE, committed));
  }

  void persist(Effects.Write write) {
    await(durable -> log.persist(write, durable));
  }

  /** Makes durable what is applied, and all that was handed over before. */
  void flush() {
    await(orders::flush);
  }

  private static void await(Consumer<Runnable> act) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    act.accept(() -> done.complete(null));
    done.orTimeout(Patience.SECONDS, TimeUnit.SECONDS).join();
  }

  /** These entries are applied, and are all that is. */
  void apply(Entry... entries) {
    for (Entry entry : entries) {
      orders.add(entry.index() - 1, entry.purchase(), entry.index());
      orders.appliedUpTo(entry.position());
    }
  }

  static Entry entry(long index, String key) {
    return Entry.of(index, EPOCH, purchase(key));
  }

  static PurchaseRequest purchase(String key) {
    return new PurchaseRequest(key, "Tux", 1);
  }

  /** Opens the folder as a replica with this id does, and closes it. */
  static Engine.OpenedEngine engine(Path folder, int id) {
    return engine(folder, id, failure -> {});
  }

  static Engine.OpenedEngine engine(Path folder, int id, Consumer<Throwable> onFailure) {
    try (DataFolder locked = DataFolder.open(folder)) {
      return engine(locked, id, onFailure);
    }
  }

  static Engine.OpenedEngine engine(DataFolder data, int id) {
    return engine(data, id, failure -> {});
  }

  private static Engine.OpenedEngine engine(
      DataFolder data, int id, Consumer<Throwable> onFailure) {
    OrderConfig config = new OrderConfig(
        id,
        "127.0.0.1",
        0,
        data.path(),
        TestStore.TOKEN,
        Optional.empty(),
        new Address("127.0.0.1", 1),
        List.of(new OrderConfig.Peer(7, new Address("127.0.0.1", 2))),
        SECOND,
        SECOND,
        SECOND,
        SECOND,
        SECOND,
        SECOND,
        1,
        1);
    return new PrimaryBackupEngine(LogFile::open, STEP).open(config, data, onFailure);
  }

  @Override
  public void close() {
    log.close();
    data.close();
  }
}
