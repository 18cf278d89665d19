package toystore.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import toystore.backup.ExportLine.ExportHead;
import toystore.model.PurchaseRequest;
import toystore.stock.ToyRow;

/**
 * Writes an export of books that are in no file of ours, as they are given: the head, all toys by
 * position, all orders by number, the end. Owned by one thread.
 */
public final class BooksExport implements AutoCloseable {
  private final ExportWriter out;
  private ExportHead head;

  private BooksExport(ExportWriter out) {
    this.out = out;
  }

  /** @param file is made */
  public static BooksExport begin(Path file) throws IOException {
    return new BooksExport(new ExportWriter(Files.newOutputStream(file)));
  }

  /**
   * Begins.
   *
   * @param engine that has kept them
   * @param time of their moment, for people
   * @param fence no leader of an epoch below this one is obeyed any more
   * @param clockMs no request was seen later than this reading of the store's clock
   * @param leaseMs how long, in milliseconds, a front-end may serve copies that it was given
   */
  public void head(String engine, String time, long fence, long clockMs, long leaseMs) {
    head = new ExportHead(
        ExportFormat.NAME,
        ExportFormat.VERSION,
        Export.PROGRAM,
        engine,
        time,
        fence,
        clockMs,
        0,
        leaseMs);
    out.head(head);
  }

  public void toy(ToyRow toy) {
    out.toy(toy);
  }

  public void order(long number, PurchaseRequest purchase) {
    out.order(number, purchase);
  }

  /**
   * All were given.
   *
   * @throws ArchiveFailed when they do not balance
   */
  public Export finish() {
    try {
      return new Export(head, out.finish());
    } catch (UncheckedIOException e) {
      throw new ArchiveFailed("it cannot be written: " + e.getCause().getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
