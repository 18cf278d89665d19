package toystore.backup;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import toystore.backup.ExportLine.ExportEnd;
import toystore.backup.ExportLine.ExportHead;
import toystore.backup.ExportLine.ExportedHold;
import toystore.backup.ExportLine.ExportedOrder;
import toystore.backup.ExportLine.ExportedToy;
import toystore.model.PurchaseRequest;
import toystore.model.Require;
import toystore.stock.ToyRow;

/**
 * Reads an export, a line at a time, and checks all of it: order and shape of the lines, gap-free
 * numbers, the balance of each toy, and that no byte has changed. Owned by one thread.
 */
final class ExportReader {
  private static final int BUFFER_BYTES = 1 << 16;
  /** A toy's name may be long; a line of this length is none. */
  private static final int MAX_LINE_BYTES = 1 << 18;

  private final InputStream in;
  private final String name;
  private final ExportSink sink;
  private final MessageDigest digest = Sha256.digest();
  private final ExportBooks books = new ExportBooks();
  private ExportHead head;
  private Class<? extends ExportLine> section = ExportHead.class;
  private long lines;

  /**
   * @param name of what is read, for messages
   * @param sink gets what is read; what it got counts only when {@link #read} has returned
   */
  ExportReader(InputStream in, String name, ExportSink sink) {
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
    this.name = name;
    this.sink = sink;
  }

  /** Reads the first line only. */
  ExportHead readHead() throws IOException {
    byte[] json = nextLine();
    lines++;
    if (json != null && ExportFormat.decode(json, where()) instanceof ExportHead first) {
      demandKnown(first);
      head = first;
    }
    demandHead();
    return head;
  }

  /** Reads to the end; what came first and last. */
  Export read() throws IOException {
    while (true) {
      byte[] json = nextLine();
      if (json == null) {
        throw new ArchiveFailed(name + " breaks off after line " + lines + ": its end is missing");
      }
      lines++;
      try {
        ExportLine line = ExportFormat.decode(json, where());
        if (line instanceof ExportEnd end) {
          return finish(end);
        }
        digest.update(json);
        digest.update((byte) '\n');
        take(line);
      } catch (IllegalArgumentException e) {
        throw new ArchiveFailed(where() + " is wrong: " + e.getMessage(), e);
      }
    }
  }

  private String where() {
    return name + ", line " + lines + ",";
  }

  private void take(ExportLine line) {
    if (line instanceof ExportHead first) {
      demandKnown(first);
      head = first;
      sink.head(first);
      return;
    }
    demandHead();
    if (line instanceof ExportedToy shelf) {
      enter(ExportedToy.class, section == ExportHead.class);
      toy(shelf);
    } else if (line instanceof ExportedOrder sale) {
      enter(ExportedOrder.class, section != ExportedHold.class);
      PurchaseRequest purchase = new PurchaseRequest(sale.key(), sale.name(), sale.quantity());
      books.order(sale.number(), purchase);
      sink.order(sale.number(), purchase);
    } else if (line instanceof ExportedHold hold) {
      enter(ExportedHold.class, true);
      PurchaseRequest purchase = new PurchaseRequest(hold.key(), hold.name(), hold.quantity());
      books.hold(purchase);
      sink.hold(purchase);
    } else {
      throw new AssertionError(line);
    }
  }

  private void demandKnown(ExportHead first) {
    if (head != null) {
      throw new ArchiveFailed(where() + " is a second head");
    }
    if (!ExportFormat.NAME.equals(first.format())) {
      throw new ArchiveFailed(name + " is no " + ExportFormat.NAME + " but " + first.format());
    }
    if (first.version() > ExportFormat.VERSION || first.version() < 1) {
      throw new ArchiveFailed(name + " has version " + first.version()
          + " of the format, from toystore " + first.program() + "; this program knows version "
          + ExportFormat.VERSION + ": use the newer program");
    }
  }

  private void demandHead() {
    if (head == null) {
      throw new ArchiveFailed(name + " does not begin with the head of an export");
    }
  }

  private void enter(Class<? extends ExportLine> next, boolean mayFollow) {
    if (section != next && !mayFollow) {
      throw new ArchiveFailed(where() + " is out of order");
    }
    section = next;
  }

  private void toy(ExportedToy shelf) {
    Require.atLeast(0, "priceCents", shelf.priceCents());
    Require.atLeast(0, "initial", shelf.initial());
    Require.atLeast(0, "restocked", shelf.restocked());
    Require.atLeast(0, "version", shelf.version());
    ToyRow toy = new ToyRow(
        shelf.position(),
        shelf.name(),
        shelf.priceCents(),
        shelf.initial(),
        shelf.restocked(),
        shelf.stock(),
        shelf.version());
    books.toy(toy);
    sink.toy(toy);
  }

  private Export finish(ExportEnd end) throws IOException {
    demandHead();
    ExportEnd found = books.close(HexFormat.of().formatHex(digest.digest()));
    if (!found.equals(end)) {
      throw new ArchiveFailed(
          name + " is not as it was written: its end says " + end + ", and there is " + found);
    }
    if (nextLine() != null) {
      throw new ArchiveFailed(name + " goes on behind its end");
    }
    sink.end(end);
    return new Export(head, end);
  }

  /** Null at the end of the file. A last line without an end of line was cut, and is none. */
  private byte[] nextLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return line.toByteArray();
      }
      if (line.size() == MAX_LINE_BYTES) {
        throw new ArchiveFailed(name + ", line " + (lines + 1) + ", is no line of an export:"
            + " it is longer than " + MAX_LINE_BYTES + " bytes");
      }
      line.write(next);
    }
    return line.size() == 0 ? null : brokenOff();
  }

  private byte[] brokenOff() {
    throw new ArchiveFailed(name + " breaks off in line " + (lines + 1));
  }
}
