package toystore.raft;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import toystore.disk.DataFolder;
import toystore.disk.DataFolderException;
import toystore.disk.Schema;
import toystore.edge.MessageFormat;
import toystore.edge.Settings;
import toystore.model.EngineName;
import toystore.model.LogPosition;
import toystore.order.Engine;
import toystore.order.OrderConfig;
import toystore.order.OrderStore;
import toystore.order.OrdersOnDisk;
import toystore.order.log.LogFile;
import toystore.order.log.LogWriter;
import toystore.order.log.SegmentedLog;
import toystore.raft.core.RaftCore;
import toystore.raft.core.RaftMessage;
import toystore.raft.core.RaftOptions;
import toystore.raft.core.Restored;
import toystore.replication.Message;
import toystore.replication.OrderBook;

/**
 * The engine whose replicas elect their leader. Its keys, all optional: {@code electionTimeoutMs},
 * the least silence of a leader before an election, {@code heartbeatMs}, and {@code handOver},
 * whether the highest id leads whenever it can.
 */
final class RaftEngine implements Engine {
  private static final EngineName NAME = EngineName.RAFT;
  static final String FILE = "orders.db";

  private static final int TICK_MS = 10;
  private static final int MAX_BATCH = 2_000;
  private static final int WINDOW = 4;
  private static final int KEEP_ENTRIES = 50_000;
  private static final int MINUTE_MS = 60_000;

  private final int keepEntries;
  private final int segmentBytes;
  private final int step;
  private final LogFile.Opener files;
  private RaftOptions.ElectionTiming timing;
  private boolean handOver;

  RaftEngine() {
    this(KEEP_ENTRIES, SegmentedLog.SEGMENT_BYTES, OrderBook.STEP, LogFile::open);
  }

  /**
   * @param keepEntries entries kept behind the saved state
   * @param segmentBytes size of a file of the log
   * @param step orders that are sealed at once
   * @param files how the log's files are opened
   */
  RaftEngine(int keepEntries, int segmentBytes, int step, LogFile.Opener files) {
    this.keepEntries = keepEntries;
    this.segmentBytes = segmentBytes;
    this.step = step;
    this.files = files;
  }

  @Override
  public EngineName name() {
    return NAME;
  }

  @Override
  public MessageFormat messageFormat() {
    List<Class<? extends Message>> types = Arrays.stream(RaftMessage.class.getPermittedSubclasses())
        .<Class<? extends Message>>map(type -> type.asSubclass(Message.class))
        .toList();
    return new MessageFormat(types);
  }

  @Override
  public void configure(Settings settings) {
    Duration election = settings.millis("electionTimeoutMs", 4 * TICK_MS, MINUTE_MS, 150);
    Duration heartbeat = settings.millis("heartbeatMs", TICK_MS, MINUTE_MS, 30);
    if (election.compareTo(heartbeat.multipliedBy(2)) < 0) {
      throw settings.wrong(
          "heartbeatMs", "must be at most half of electionTimeoutMs", heartbeat.toMillis());
    }
    timing = new RaftOptions.ElectionTiming(
        (int) election.toMillis() / TICK_MS, (int) heartbeat.toMillis() / TICK_MS);
    handOver = settings.flag("handOver", false);
  }

  @Override
  public OpenedEngine open(OrderConfig config, DataFolder folder, Consumer<Throwable> onFailure) {
    OrdersOnDisk orders = orders(config.service(), folder, step, onFailure);
    try {
      return open(config, folder, orders, onFailure);
    } catch (DataFolderException e) {
      orders.close();
      throw e;
    }
  }

  static OrdersOnDisk orders(
      String service, DataFolder folder, int step, Consumer<Throwable> onFailure) {
    Schema schema = new Schema(
        service,
        NAME.toString(),
        Schema.Loss.IS_MADE_GOOD,
        OrderStore.SCHEMA_VERSION,
        OrderStore.TABLES);
    return OrdersOnDisk.open(folder, FILE, schema, step, onFailure);
  }

  private OpenedEngine open(
      OrderConfig config, DataFolder folder, OrdersOnDisk orders, Consumer<Throwable> onFailure) {
    SegmentedLog log = SegmentedLog.open(
        folder.file(SegmentedLog.FOLDER), config.service(), segmentBytes, files, onFailure);
    LogPosition applied = orders.store().applied();
    Restored restored =
        restore(folder.file(SegmentedLog.FOLDER), log, applied, orders.store().lastIndex());
    orders.load();
    RaftCore core = new RaftCore(options(config), restored);
    log.watchedIn(folder);
    LogWriter writer = new LogWriter(config.service(), log, onFailure);
    return new OpenedEngine(core, new RaftDisk(orders, writer, onFailure), orders);
  }

  /**
   * The log and the state must meet; a state ahead of the log comes from a snapshot. Orders ahead
   * of the state do, too: from one that broke off, and will go on behind them.
   */
  private static Restored restore(Path path, SegmentedLog log, LogPosition saved, long lastOrder) {
    if (saved.index() < log.base().index()) {
      throw DataFolderException.damaged(
          path, "it starts after " + log.base() + ", but the orders end at " + saved, null);
    }
    long takenIn = Math.max(saved.index(), lastOrder);
    Restored restored = new Restored(log.promise(), log.base(), log.takeFound(), saved, takenIn);
    try {
      log.meet(saved);
    } catch (IOException e) {
      throw new DataFolderException("log " + path + " cannot be used: " + e, e);
    }
    return restored;
  }

  private RaftOptions options(OrderConfig config) {
    return new RaftOptions(
        config.id(),
        config.peers().stream().map(OrderConfig.Peer::id).toList(),
        timing,
        new RaftOptions.LogBounds(MAX_BATCH, WINDOW, keepEntries),
        handOver,
        new SecureRandom().nextLong());
  }
}
