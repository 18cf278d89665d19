package toystore.operations;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import toystore.backup.Export;
import toystore.backup.ExportSink;
import toystore.backup.NewStore;
import toystore.model.EngineName;
import toystore.model.PurchaseRequest;
import toystore.postgres.BooksImport;
import toystore.postgres.DatabaseBooks;
import toystore.stock.ToyRow;

/** Makes a store on PostgreSQL of an export: the database alone runs meanwhile. For one command. */
final class DatabaseImport {
  private final Fleet fleet;
  private final Optional<GivenDatabase> database;

  /** @param database to use in place of one of the store's own */
  DatabaseImport(Fleet fleet, Optional<GivenDatabase> database) {
    this.fleet = fleet;
    this.database = database;
  }

  /** No other command may be at work. */
  Export run(Path export) throws IOException {
    if (Files.exists(fleet.folder().data(Service.DATABASE))
        || fleet.folder().memory().isPresent()) {
      throw new OperationFailed("there is a store in " + fleet.folder().root()
          + " already: choose another --data folder");
    }
    // On any port: it is known to nobody, and up makes its configuration anew.
    UpOptions options =
        UpOptions.defaults().withEngine(EngineName.POSTGRES).withFreePorts().with(database);
    new Preparation(fleet).make(options);
    List<Service> own = database.isPresent() ? List.of() : List.of(Service.DATABASE);
    boolean done = false;
    try {
      new Startup(fleet, StartLimit.NONE).start(own);
      Export made = load(export);
      done = true;
      return made;
    } finally {
      new Shutdown(fleet).stop(own);
      if (done) {
        fleet
            .folder()
            .remember(new Memory(EngineName.POSTGRES, OptionalInt.empty(), 1).with(database));
      } else {
        fleet.folder().forget();
        fleet.say("what was begun is left in " + fleet.folder().root() + ", and is no store");
      }
    }
  }

  private Export load(Path export) throws IOException {
    JsonObject desk = new JsonObject(Json.line(fleet.conf(Service.desk(1))));
    try (DatabaseBooks books = DatabaseBooks.open(desk);
        BooksImport filling = books.begin()) {
      List<PurchaseRequest> holds = new ArrayList<>();
      Export read = NewStore.read(export, new ExportSink() {
        @Override
        public void toy(ToyRow toy) {
          filling.toy(toy);
        }

        @Override
        public void order(long number, PurchaseRequest purchase) {
          filling.order(purchase);
        }

        @Override
        public void hold(PurchaseRequest purchase) {
          holds.add(purchase);
        }
      });
      // Their stock is taken: they become orders, as they would have in the old store.
      holds.forEach(filling::order);
      filling.finish(read.clockMs());
      demandWhole(books.summary(), read);
      return read;
    } catch (DatabaseBooks.UnreadableBooks e) {
      throw new OperationFailed("the database does not take it: " + e.getMessage(), e);
    }
  }

  private static void demandWhole(DatabaseBooks.Summary summary, Export read) {
    List<String> broken = StoreBooks.broken(summary);
    if (!broken.isEmpty() || summary.orders() != read.orders() + read.holds()) {
      throw new OperationFailed("what was imported is not what was exported: " + broken + ", "
          + summary.orders() + " orders");
    }
  }
}
