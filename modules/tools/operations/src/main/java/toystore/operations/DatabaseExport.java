package toystore.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import toystore.backup.BooksExport;
import toystore.backup.Export;
import toystore.model.EngineName;
import toystore.model.Epochs;
import toystore.model.PurchaseRequest;
import toystore.postgres.DatabaseBooks;
import toystore.stock.ToyRow;

/**
 * Writes what the database of a store holds at one moment, while the store runs or not: its
 * database must. For one command.
 */
final class DatabaseExport {
  private final StoreBooks books;

  DatabaseExport(Fleet fleet) {
    this.books = new StoreBooks(fleet);
  }

  /**
   * Writes it.
   *
   * @param file is made
   * @throws OperationFailed when the database does not answer, or its books do not hold
   */
  Export write(Path file) throws IOException {
    AuditReport audit = books.audit();
    if (audit.verdict() != AuditReport.Verdict.HOLDS) {
      throw new OperationFailed("its books do not hold: " + audit);
    }
    try (BooksExport out = BooksExport.begin(file)) {
      CopiedBooks copied = new CopiedBooks(out);
      books.copy(copied);
      Export made = out.finish();
      if (made.orders() != copied.desk.orders()) {
        throw new OperationFailed("the desk's row tells of " + copied.desk.orders()
            + " orders, and there are " + made.orders());
      }
      return made;
    }
  }

  private static final class CopiedBooks implements DatabaseBooks.BooksTaker {
    private final BooksExport out;
    private DatabaseBooks.BookedDesk desk;

    CopiedBooks(BooksExport out) {
      this.out = out;
    }

    @Override
    public void desk(DatabaseBooks.BookedDesk row) {
      desk = row;
      out.head(
          EngineName.POSTGRES.toString(),
          Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
          row.epoch() == 0 ? Epochs.NONE : Epochs.of(row.epoch(), 0),
          row.clockMs(),
          row.sessionMs());
    }

    @Override
    public void toy(ToyRow toy) {
      out.toy(toy);
    }

    @Override
    public void order(long number, PurchaseRequest purchase) {
      out.order(number, purchase);
    }
  }
}
