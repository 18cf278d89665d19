package toystore.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import toystore.backup.BackupFolder;
import toystore.backup.Export;
import toystore.backup.MadeUpOrders;
import toystore.backup.Manifest;
import toystore.backup.NewArchive;
import toystore.backup.NewCatalog;
import toystore.backup.NewCatalog.MadeCatalog;
import toystore.backup.NewStore;
import toystore.backup.StoreCut;
import toystore.catalog.CatalogFile;
import toystore.disk.DataFolderException;
import toystore.model.EngineName;

/** Takes all that a store holds to another place, and brings it back. */
public final class StoreArchive {
  private final Fleet fleet;
  private final Duration untilLocked;

  /** @param untilLocked how long another command on the store may take */
  StoreArchive(Fleet fleet, Duration untilLocked) {
    this.fleet = fleet;
    this.untilLocked = untilLocked;
  }

  /** What is done with the files. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws IOException;
  }

  /** The files' troubles, in words for a person. */
  private static <T> T told(String what, Work<T> work) {
    try {
      return work.run();
    } catch (DataFolderException e) {
      throw new OperationFailed(what + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw FileTrouble.failure(what, e);
    }
  }

  /**
   * Makes a backup of what the store holds now, whether it runs or not.
   *
   * @param target a folder that is not there yet
   * @param limit how long it may take until the orders of this moment are in the replicas' files
   * @param ofCopies whether the folder holds copies only, the catalog's made first
   */
  public Manifest backup(Path target, Duration limit, boolean ofCopies) {
    return told("no backup was made", () -> {
      try (NewArchive archive = NewArchive.begin(target, bytes())) {
        Export export = cut(archive, limit, ofCopies);
        return archive.finishBackup(export, stock());
      }
    });
  }

  /** The same as one file, which another engine can take, too. */
  public Export export(Path target, Duration limit) {
    return told("nothing was exported", () -> {
      try (NewArchive archive = NewArchive.begin(target, bytes())) {
        Export export = fleet.engine().hasReplicas()
            ? cut(archive, limit, false)
            : new DatabaseExport(fleet).write(archive.store());
        archive.finishExport(export);
        return export;
      }
    });
  }

  private Export cut(NewArchive archive, Duration limit, boolean ofCopies) throws IOException {
    EngineFiles.demand(fleet.engine());
    List<Path> replicas =
        Service.replicas().stream().map(fleet.folder()::orders).toList();
    Path catalog = fleet.folder().data(Service.CATALOG).resolve(CatalogFile.NAME);
    if (!Files.exists(catalog)) {
      throw new OperationFailed(
          "there is no store in " + fleet.folder().root() + ": " + catalog + " does not exist");
    }
    String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    StoreCut.CutFacts facts = new StoreCut.CutFacts(time, ofCopies);
    try (StoreCut cut = StoreCut.now(catalog, replicas, facts)) {
      CutAttempt attempt = new CutAttempt(cut, archive.store());
      if (!OperatorWait.of(fleet.operator(), limit).await(attempt, () -> "for " + cut.lack())) {
        throw new OperationFailed(cut.lack() + ". They become orders as soon as a leader has a"
            + " majority: see status, or use up, and try again");
      }
      return attempt.export();
    }
  }

  /** As much as all files have that it is made of, and room for longer words. */
  private long bytes() throws IOException {
    long bytes = 0;
    for (Service service : List.of(Service.CATALOG, Service.replica(1))) {
      Path folder = fleet.folder().data(service);
      if (Files.exists(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.filter(Files::isRegularFile).toList()) {
            bytes += Files.size(file);
          }
        }
      }
    }
    return bytes;
  }

  private Integer stock() {
    OptionalInt stock = fleet.folder().memory().map(Memory::stock).orElse(OptionalInt.empty());
    return stock.isPresent() ? stock.getAsInt() : null;
  }

  /**
   * Makes a store of a backup.
   *
   * @param engine of the new store; empty for that of the old one
   * @param replace whether files that are there are put aside; else there may be none
   */
  public Export restore(Path backup, Optional<EngineName> engine, boolean replace) {
    return told("nothing was restored", () -> {
      BackupFolder found = BackupFolder.open(backup);
      Integer stock = found.manifest().stock();
      OptionalInt restocked = stock == null ? OptionalInt.empty() : OptionalInt.of(stock);
      return make(found.store(), engine, restocked, replace);
    });
  }

  /** Makes a store of an export, in a folder that has none, or in a database of its own. */
  public Export restoreExport(Path file, Optional<EngineName> engine) {
    return told("nothing was imported", () -> {
      EngineName chosen =
          engine.isPresent() ? engine.get() : Memory.engine(NewStore.engineOf(file));
      return chosen.hasReplicas()
          ? make(file, engine, OptionalInt.empty(), false)
          : importToDatabase(file, Optional.empty());
    });
  }

  /**
   * Makes a store of orders that nobody bought, in a folder that has none.
   *
   * @param stock what each toy is restocked to
   */
  public void makeUp(MadeUpOrders orders, EngineName engine, int stock) {
    OperatorWait patience = OperatorWait.of(fleet.operator(), untilLocked);
    fleet
        .folder()
        .locked(
            patience,
            () -> told("no store was made", () -> {
              demandNone();
              List<String> names =
                  Service.replicas().stream().map(Service::name).toList();
              Path half = Files.createTempDirectory(fleet.folder().root(), "restore.half-");
              NewStore.makeUp(
                  orders, engine.toString(), half, names, EngineFiles.of(engine).maker());
              settle(half, new Memory(engine, OptionalInt.of(stock), 1));
              return null;
            }));
  }

  /** Makes a store on PostgreSQL of an export, in a folder that has none. */
  Export importToDatabase(Path file, Optional<GivenDatabase> database) {
    OperatorWait patience = OperatorWait.of(fleet.operator(), untilLocked);
    return fleet
        .folder()
        .locked(
            patience,
            () -> told("nothing was imported", () -> {
              demandIdle();
              return new DatabaseImport(fleet, database).run(file);
            }));
  }

  private Export make(Path export, Optional<EngineName> wanted, OptionalInt stock, boolean replace)
      throws IOException {
    EngineName engine =
        wanted.isPresent() ? wanted.get() : Memory.engine(NewStore.engineOf(export));
    EngineFiles.demand(engine);
    OperatorWait patience = OperatorWait.of(fleet.operator(), untilLocked);
    return fleet
        .folder()
        .locked(
            patience,
            () -> told("no store was made", () -> {
              demandIdle();
              List<Service> present = present();
              if (!replace) {
                demandNone();
              }
              Path root = fleet.folder().root();
              Path half = Files.createTempDirectory(root, "restore.half-");
              List<String> names =
                  Service.replicas().stream().map(Service::name).toList();
              Export made =
                  NewStore.make(export, half, names, EngineFiles.of(engine).maker());
              moveAside(present);
              settle(half, new Memory(engine, stock, 1));
              return made;
            }));
  }

  /** What was made becomes the store's. */
  private void settle(Path half, Memory memory) throws IOException {
    for (Service service : stateful()) {
      Files.move(half.resolve(service.name()), fleet.folder().data(service));
    }
    Files.delete(half);
    fleet.folder().remember(memory);
  }

  /**
   * Makes a new catalog for the replicas that are there: toys from a backup, sales from them.
   *
   * @param replace whether the files of a catalog that are there are put aside
   */
  public MadeCatalog restoreCatalog(Path backup, boolean replace) {
    OperatorWait patience = OperatorWait.of(fleet.operator(), untilLocked);
    return told("no catalog was made", () -> {
      BackupFolder found = BackupFolder.open(backup);
      Duration since = Duration.between(Instant.parse(found.manifest().time()), Instant.now());
      return fleet
          .folder()
          .locked(
              patience,
              () -> told("no catalog was made", () -> {
                demandIdle();
                StoreFolder folder = fleet.folder();
                Path catalog = folder.data(Service.CATALOG);
                if (Files.exists(catalog) && !replace) {
                  throw new OperationFailed(
                      catalog + " is there already: with --replace it is put aside");
                }
                List<Path> replicas = Service.replicas().stream()
                    .filter(replica -> Files.exists(folder.orders(replica)))
                    .map(folder::data)
                    .toList();
                if (replicas.size() <= Service.REPLICAS / 2) {
                  throw new OperationFailed(
                      "the files of two replicas are needed, and there are those of "
                          + replicas.size() + ": only a majority has all orders");
                }
                Path half = Files.createTempDirectory(folder.root(), "restore.half-");
                MadeCatalog made = NewCatalog.make(
                    found.store(),
                    replicas,
                    EngineFiles.of(fleet.engine()).tail(),
                    Math.max(0, since.toMillis()),
                    half.resolve(Service.CATALOG.name()));
                moveAside(Files.exists(catalog) ? List.of(Service.CATALOG) : List.of());
                Files.move(half.resolve(Service.CATALOG.name()), catalog);
                Files.delete(half);
                return made;
              }));
    });
  }

  private void demandNone() {
    List<Service> present = present();
    if (!present.isEmpty()) {
      throw new OperationFailed("there is a store in " + fleet.folder().root() + " already: "
          + present + "; choose another --data folder");
    }
  }

  private void demandIdle() {
    List<Service> running = fleet.running();
    if (!running.isEmpty()) {
      throw new OperationFailed("the store is up: " + running + "; use down first");
    }
  }

  private List<Service> present() {
    return stateful().stream()
        .filter(service -> Files.exists(fleet.folder().data(service)))
        .toList();
  }

  private static List<Service> stateful() {
    return Stream.concat(Stream.of(Service.CATALOG), Service.replicas().stream())
        .toList();
  }

  private void moveAside(List<Service> services) throws IOException {
    String when = ReplicaRebuild.DATE.format(LocalDateTime.now(ZoneId.systemDefault()));
    for (Service service : services) {
      Path folder = fleet.folder().data(service);
      Path kept = folder.resolveSibling(service + ".replaced-" + when);
      Files.move(folder, kept);
      fleet.say("the old files of " + service + " are kept in " + kept);
    }
  }
}
