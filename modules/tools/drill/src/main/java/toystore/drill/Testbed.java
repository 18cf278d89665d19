package toystore.drill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import toystore.operations.LocalStore;
import toystore.operations.OperationFailed;
import toystore.operations.Service;
import toystore.operations.ServiceStatus;
import toystore.operations.TemporaryFolder;
import toystore.operations.TimeLimit;
import toystore.operations.UpOptions;

/**
 * A store of its own to be broken: on free ports, in a temporary folder, on a network that can be
 * cut and disks that can be filled, as far as the machine allows. Nothing is left of it when it is
 * closed, or the program is ended.
 */
final class Testbed implements AutoCloseable {
  static final List<String> REPLICAS = List.of("order-1", "order-2", "order-3");
  static final String CATALOG = "catalog";
  static final String FRONT_END = "front-end";
  private static final String STORE = "store";

  /** Some toys are wanted more than that, so they are refused and restocked all the time. */
  private static final int STOCK = 150;

  private static final int RESTOCK_PERIOD_MS = 1_500;
  private static final Duration UNTIL_OWNER_CLOSES = Duration.ofSeconds(45);
  private static final Duration UNTIL_LED = Duration.ofSeconds(15);

  private final Path folder;
  private final LocalStore store;
  private volatile Optional<DrillNetwork> wiring = Optional.empty();
  private final List<Path> smallDisks = new ArrayList<>();
  private final boolean canFailFsync;
  private final Thread atExit = new Thread(this::endAtExit, "drill-tear-down");
  private final Thread owner = Thread.currentThread();
  private final CountDownLatch tornDown = new CountDownLatch(1);
  private volatile boolean failed;
  private volatile boolean ending;
  private String cutsBy = "";
  private UpOptions up;
  private volatile Spinners spinners = Spinners.start(0);

  private Testbed(Path folder, Optional<Map<String, String>> failingFsync) {
    this.folder = folder;
    this.store = LocalStore.in(folder.resolve(STORE))
        .withEnvironment(failingFsync.orElse(Map.of()))
        .withStarter(service -> wiring.map(it -> it.starter(service)).orElse(List.of()));
    this.canFailFsync = failingFsync.isPresent();
  }

  /** Starts the store, with all that the faults of these kinds need. */
  static Testbed start(DrillOptions options) {
    Path folder = temporaryFolder();
    boolean disk = options.faults().contains(FaultKind.DISK);
    Optional<Map<String, String>> failingFsync = disk || options.faults().contains(FaultKind.STUCK)
        ? FailingFsync.environment(folder.resolve("fsync"))
        : Optional.empty();
    Testbed bed = new Testbed(folder, failingFsync);
    Runtime.getRuntime().addShutdownHook(bed.atExit);
    boolean isUp = false;
    try {
      bed.up(options, disk);
      isUp = true;
      return bed;
    } finally {
      if (!isUp) {
        bed.keepLogs();
        bed.close();
      }
    }
  }

  /** Where the stores that are drilled keep their data. */
  static Path parent() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory(parent(), "toystore-drill");
    } catch (IOException e) {
      throw new OperationFailed("no temporary folder for the store", e);
    }
  }

  private void up(DrillOptions options, boolean disk) {
    spinners = Spinners.start(options.spin());
    if (options.faults().contains(FaultKind.CUT)) {
      wire(options.cuts());
    }
    if (disk) {
      Stream.concat(Stream.of(CATALOG), REPLICAS.stream())
          .map(store::data)
          .filter(SmallDisk::mount)
          .forEach(smallDisks::add);
    }
    UpOptions tailored = UpOptions.defaults()
        .withEngine(options.engine())
        .withStock(STOCK)
        .withFreePorts()
        .withTailoring(this::tailor);
    up = options.lib().map(tailored::withLib).orElse(tailored);
    store.up(up);
  }

  private void wire(CutMeans means) {
    if (means != CutMeans.LINES) {
      Namespaces namespaces = new Namespaces();
      // Known before it is made, so that whatever happens meanwhile removes it.
      wiring = Optional.of(namespaces);
      Optional<String> missing = namespaces.open();
      if (missing.isEmpty()) {
        cutsBy = namespaces.inWords();
        return;
      }
      if (means == CutMeans.NAMESPACES) {
        throw new OperationFailed("no cuts by network namespaces here: " + missing.get());
      }
      namespaces.close();
      cutsBy = " (no network namespaces: " + missing.get() + ")";
    }
    Lines lines = new Lines();
    wiring = Optional.of(lines);
    cutsBy = lines.inWords() + cutsBy;
  }

  private void tailor(Service service, ObjectNode conf) {
    if (service.kind() == Service.Kind.CATALOG) {
      conf.put("restockPeriodMs", RESTOCK_PERIOD_MS);
    }
    wiring.ifPresent(it -> it.tailor(service, conf));
  }

  /** Something went wrong that the report alone does not explain. Says where the logs will be. */
  Path keepLogs() {
    failed = !ending; // An interrupted store is not to blame.
    return TemporaryFolder.logs(storeFolder());
  }

  LocalStore store() {
    return store;
  }

  Path storeFolder() {
    return folder.resolve(STORE);
  }

  URI address() {
    return store.addresses().get(0);
  }

  int restocksTo() {
    return STOCK;
  }

  Optional<DrillNetwork> wiring() {
    return wiring;
  }

  /** What cuts are made by, in words; empty when there are none. */
  String cutsBy() {
    return cutsBy;
  }

  /** Only one that is small by itself: never the machine's own. */
  boolean canFillDisk(String service) {
    return smallDisks.contains(store.data(service));
  }

  boolean canFailFsync() {
    return canFailFsync;
  }

  SmallDisk disk(String service) {
    return SmallDisk.at(store.data(service));
  }

  /** The replica that leads; waits for one. */
  String leader() {
    if (!TimeLimit.await(UNTIL_LED, () -> store.status().leader().isPresent())) {
      throw new StoreFailed("no replica leads within " + UNTIL_LED.toSeconds() + " s");
    }
    return store.status().leader().orElseThrow();
  }

  CrashPoints crashPoints() {
    return new CrashPoints(storeFolder());
  }

  boolean isDown(String service) {
    return store.status().of(service).state() == ServiceStatus.State.DOWN;
  }

  /** All services crash, and start from what their files hold. */
  void restartAll() {
    store.kill(CATALOG);
    REPLICAS.forEach(store::kill);
    try {
      // Something of the store must run, or it would come back on other ports.
      store.start(CATALOG);
      store.kill(FRONT_END);
      store.up(up);
    } catch (OperationFailed e) {
      throw new StoreFailed("the store does not start again after all its services were killed", e);
    }
  }

  @Override
  public void close() {
    // What interrupted the drill has been heard; taking the store down has waits of its own.
    Thread.interrupted();
    spinners.close();
    tearDown();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException exiting) {
      // Then the hook is what waits for this.
    }
  }

  /** The owner must not start again what is being taken down: it is stopped first, and closes. */
  private void endAtExit() {
    ending = true;
    owner.interrupt();
    try {
      if (!tornDown.await(UNTIL_OWNER_CLOSES.toMillis(), TimeUnit.MILLISECONDS)) {
        tearDown();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void tearDown() {
    if (tornDown.getCount() == 0) {
      return;
    }
    try {
      store.down();
    } finally {
      wiring.ifPresent(DrillNetwork::close);
      smallDisks.forEach(SmallDisk::unmount);
    }
    if (failed) {
      TemporaryFolder.removeAllButLogs(folder, storeFolder());
    } else {
      TemporaryFolder.remove(folder);
    }
    tornDown.countDown();
  }
}
