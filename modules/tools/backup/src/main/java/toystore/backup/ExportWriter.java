package toystore.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import toystore.backup.ExportLine.ExportEnd;
import toystore.backup.ExportLine.ExportHead;
import toystore.backup.ExportLine.ExportedHold;
import toystore.backup.ExportLine.ExportedOrder;
import toystore.backup.ExportLine.ExportedToy;
import toystore.model.Mark;
import toystore.model.PurchaseRequest;
import toystore.stock.ToyRow;

/** Writes an export, a line at a time, and adds it up. Owned by one thread. */
final class ExportWriter implements ExportSink, AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream out;
  private final MessageDigest digest = Sha256.digest();
  private final ExportBooks books = new ExportBooks();

  /** @param out is closed with this */
  ExportWriter(OutputStream out) {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
  }

  @Override
  public void head(ExportHead head) {
    line(head);
  }

  @Override
  public void toy(ToyRow toy) {
    books.toy(toy);
    line(new ExportedToy(
        toy.position(),
        toy.name(),
        toy.priceCents(),
        toy.initial(),
        toy.restocked(),
        toy.stock(),
        toy.version()));
  }

  @Override
  public void order(long number, PurchaseRequest purchase) {
    books.order(number, purchase);
    line(new ExportedOrder(number, purchase.key(), purchase.name(), purchase.quantity()));
  }

  @Override
  public void hold(PurchaseRequest purchase) {
    books.hold(purchase);
    line(new ExportedHold(purchase.key(), purchase.name(), purchase.quantity()));
  }

  /** How far the orders go that were written. */
  Mark mark() {
    return books.mark();
  }

  /** Demands that all balances, and writes the end. */
  ExportEnd finish() {
    ExportEnd end = books.close(HexFormat.of().formatHex(digest.digest()));
    line(end);
    return end;
  }

  private void line(ExportLine line) {
    try {
      byte[] json = ExportFormat.encode(line);
      out.write(json);
      out.write('\n');
      digest.update(json);
      digest.update((byte) '\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
