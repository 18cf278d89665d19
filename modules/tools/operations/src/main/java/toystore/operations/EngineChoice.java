package toystore.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import toystore.backup.OpenEntries;
import toystore.backup.ReplicaMaking;
import toystore.model.PurchaseRequest;
import toystore.order.OrdersFile;
import toystore.order.PrimaryBackupMaker;
import toystore.raft.RaftMaker;
import toystore.raft.log.LogReading;
import toystore.raft.log.SegmentedLog;
import toystore.replication.Entry;

/** How the order replicas agree. */
public enum EngineChoice {
  PRIMARY_BACKUP(
      "primary-backup",
      "toystore.order.OrderVerticle",
      "",
      PrimaryBackupMaker::open,
      EngineChoice::tailInDatabase),
  RAFT(
      "raft",
      "toystore.raft.RaftOrderVerticle",
      "raft-",
      RaftMaker::open,
      EngineChoice::tailOfRaft);

  private final String word;
  private final String verticle;
  private final String templatePrefix;
  private final ReplicaMaking maker;
  private final OpenEntries tail;

  EngineChoice(
      String word, String verticle, String templatePrefix, ReplicaMaking maker, OpenEntries tail) {
    this.maker = maker;
    this.tail = tail;
    this.word = word;
    this.verticle = verticle;
    this.templatePrefix = templatePrefix;
  }

  /**
   * The engine of that name.
   *
   * @throws OperationFailed when there is none
   */
  public static EngineChoice of(String word) {
    return Arrays.stream(values())
        .filter(engine -> engine.word.equals(word))
        .findFirst()
        .orElseThrow(
            () -> new OperationFailed("engine '" + word + "' is unknown: it is one of " + words()));
  }

  static String words() {
    return Arrays.stream(values()).map(EngineChoice::toString).collect(Collectors.joining(", "));
  }

  String verticle() {
    return verticle;
  }

  /** The file under conf/ that configures a replica of this engine. */
  String template(Service replica) {
    return templatePrefix + replica.name() + ".json";
  }

  /** How the data folder of a replica is made without one. */
  ReplicaMaking maker() {
    return maker;
  }

  /** How what may not be applied yet is read from the folder of a replica that is down. */
  OpenEntries tail() {
    return tail;
  }

  private static List<PurchaseRequest> tailInDatabase(Path folder, long index) {
    try (OrdersFile file = OrdersFile.open(folder.resolve(OrdersFile.NAME))) {
      return file.logBehind(index);
    }
  }

  private static List<PurchaseRequest> tailOfRaft(Path folder, long index) throws IOException {
    LogReading log = LogReading.of(folder.resolve(SegmentedLog.FOLDER));
    if (log.damage() != null) {
      throw new OperationFailed("the log in " + folder + " is damaged: " + log.damage());
    }
    return log.entries().stream()
        .filter(entry -> entry.index() > index && entry.purchase() != null)
        .map(Entry::purchase)
        .toList();
  }

  @Override
  public String toString() {
    return word;
  }
}
