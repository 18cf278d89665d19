package toystore.order;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import toystore.disk.BackgroundCheck;
import toystore.disk.DataFolder;
import toystore.disk.DataFolderException;
import toystore.disk.Database;
import toystore.disk.Schema;
import toystore.disk.SqliteFile;
import toystore.disk.WriteWait;
import toystore.edge.MessageFormat;
import toystore.model.EngineName;
import toystore.model.LogPosition;
import toystore.model.Order;
import toystore.order.log.LogFile;
import toystore.order.log.LogWriter;
import toystore.order.log.OlderLogCheck;
import toystore.order.log.OlderSegments;
import toystore.order.log.SegmentedLog;
import toystore.primarybackup.PrimaryBackupCore;
import toystore.primarybackup.PrimaryBackupMessage;
import toystore.primarybackup.PrimaryBackupOptions;
import toystore.replication.DurableState;
import toystore.replication.Entry;
import toystore.replication.OlderEntries;
import toystore.replication.OrderBook;

/**
 * The engine whose leader the front-end appoints. Its log is never cut at its front: it leads to
 * all orders, and those in the file beside it are what it has led to so far.
 */
final class PrimaryBackupEngine implements Engine {
  private static final EngineName NAME = EngineName.PRIMARY_BACKUP;
  static final String FILE = "orders.db";

  /** Of the file of the orders, since the log has files of its own. */
  static final int SCHEMA_VERSION = 3;

  /** So many entries are read at once while the orders are brought level. */
  private static final int PIECE = 4_096;

  private final LogFile.Opener logFiles;
  private final int step;

  PrimaryBackupEngine() {
    this(LogFile::open, OrderBook.STEP);
  }

  /**
   * @param logFiles how the log's files are opened
   * @param step orders that are sealed at once
   */
  PrimaryBackupEngine(LogFile.Opener logFiles, int step) {
    this.logFiles = logFiles;
    this.step = step;
  }

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

  @Override
  public OpenedEngine open(OrderConfig config, DataFolder folder, Consumer<Throwable> onFailure) {
    OrdersOnDisk files = orders(config.service(), folder, step, onFailure);
    try {
      return open(config, folder, files, onFailure);
    } catch (DataFolderException e) {
      files.close();
      throw e;
    }
  }

  /** Opens the orders; what an earlier version had in their file besides is moved first. */
  static OrdersOnDisk orders(
      String service, DataFolder folder, int step, Consumer<Throwable> onFailure) {
    moveLogOut(service, folder);
    Schema schema = schema(service, SCHEMA_VERSION);
    OrdersOnDisk files = OrdersOnDisk.open(folder, FILE, schema, step, onFailure);
    LogTable.finish(folder);
    return files;
  }

  private static void moveLogOut(String service, DataFolder folder) {
    int found = SqliteFile.version(folder.file(FILE));
    if (found == LogTable.SCHEMA_VERSION) {
      WriteWait wait = new WriteWait();
      try (Database older = Database.open(
          folder.file(FILE),
          schema(service, LogTable.SCHEMA_VERSION),
          session -> OrderStore.digest(session) + LogTable.digest(session),
          folder.files(),
          wait::failed)) {
        LogTable.moveOut(folder, service, older, wait);
      }
    }
    if (found == 0) {
      LogTable.demandNoneMoved(folder);
    }
  }

  static Schema schema(String service, int version) {
    return new Schema(
        service, NAME.toString(), Schema.Loss.IS_MADE_GOOD, version, OrderStore.TABLES);
  }

  private OpenedEngine open(
      OrderConfig config, DataFolder folder, OrdersOnDisk files, Consumer<Throwable> onFailure) {
    OrderStore orders = files.store();
    Path path = folder.file(SegmentedLog.FOLDER);
    if (orders.applied().index() > 0 && Files.notExists(path)) {
      throw DataFolderException.damaged(
          path, "it is missing, but " + FILE + " beside it has orders that came from it", null);
    }
    SegmentedLog log = log(path, config.service(), orders.applied(), logFiles, onFailure);
    DurableState state = LogStore.load(log, path, orders.applied());
    files.load();
    OlderSegments older = new OlderSegments(path);
    bringLevel(state, older, files);
    PrimaryBackupCore core = new PrimaryBackupCore(
        config.id(), members(config), state, older, PrimaryBackupOptions.DEFAULTS);
    log.watchedIn(folder);
    LogWriter writer = new LogWriter(config.service(), log, onFailure);
    BackgroundCheck check =
        OlderLogCheck.start(config.service(), path, state.base().index(), onFailure);
    return new OpenedEngine(core, new LogStore(files, writer, check), files);
  }

  /**
   * What a lost log had promised is forgotten: so one that is new is being rebuilt.
   *
   * @param applied what leads to there is on disk as orders, and read in the log no more
   */
  static SegmentedLog log(
      Path path,
      String service,
      LogPosition applied,
      LogFile.Opener files,
      Consumer<Throwable> onFailure) {
    return SegmentedLog.open(
        path, service, SegmentedLog.SEGMENT_BYTES, true, applied.index(), files, onFailure);
  }

  private static List<Integer> members(OrderConfig config) {
    return Stream.concat(Stream.of(config.id()), config.peers().stream().map(OrderConfig.Peer::id))
        .sorted()
        .toList();
  }

  /**
   * Applied orders are written after the log that has them, so a crash may have lost the last; and
   * where their file is lost, all of them.
   */
  private static void bringLevel(DurableState state, OlderEntries older, OrdersOnDisk files) {
    OrderStore orders = files.store();
    OrderBook book = files.book();
    long base = state.base().index();
    while (orders.applied().index() < base) {
      long known = orders.applied().index();
      int piece = (int) Math.min(PIECE, base - known);
      older.entries(known + 1, piece).forEach(entry -> apply(entry, orders, book));
      // They are durable in the log: ten million that waited for the database would fill the heap.
      files.settle();
    }
    int from = (int) (orders.applied().index() - base);
    int to = (int) (state.committed() - base);
    state.entries().subList(from, to).forEach(entry -> apply(entry, orders, book));
  }

  private static void apply(Entry entry, OrderStore orders, OrderBook book) {
    Optional<Order> order = book.apply(entry);
    order.ifPresent(o -> orders.add(o.number(), entry.purchase(), entry.index()));
    orders.appliedUpTo(entry.position());
  }
}
