package toystore.order;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many units of each toy were sold, as bytes: how many toys there are, then each toy's name and
 * units, in the order of names. No bytes are no toys.
 */
final class SoldUnits {
  private static final byte[] NONE = {};

  private SoldUnits() {}

  static SortedMap<String, Long> read(byte[] bytes) {
    SortedMap<String, Long> sold = new TreeMap<>();
    try {
      ToyReader toys = new ToyReader(bytes);
      while (toys.next()) {
        sold.put(toys.name, toys.units);
      }
      return sold;
    } catch (IOException e) {
      throw new UncheckedIOException("no units of toys: their checksum is right", e);
    }
  }

  /** These, and some more. They are merged as they are read: there may be a million. */
  static byte[] plus(byte[] bytes, SortedMap<String, Long> more) throws IOException {
    ToyWriter added = new ToyWriter(NONE.length);
    for (String toy : more.keySet()) {
      added.put(toy, more.get(toy));
    }
    return plus(new ToyReader(bytes), new ToyReader(added.bytes()), new ToyWriter(bytes.length));
  }

  private static byte[] plus(ToyReader one, ToyReader other, ToyWriter both) throws IOException {
    boolean hasOne = one.next();
    boolean hasOther = other.next();
    while (hasOne || hasOther) {
      int order = !hasOne ? 1 : !hasOther ? -1 : one.name.compareTo(other.name);
      long units = (order <= 0 ? one.units : 0) + (order >= 0 ? other.units : 0);
      both.put(order <= 0 ? one.name : other.name, units);
      hasOne = order <= 0 ? one.next() : hasOne;
      hasOther = order >= 0 ? other.next() : hasOther;
    }
    return both.bytes();
  }

  /** Reads toy after toy. */
  private static final class ToyReader {
    private final DataInputStream in;
    private int left;
    private String name;
    private long units;

    ToyReader(byte[] bytes) throws IOException {
      in = new DataInputStream(new ByteArrayInputStream(bytes));
      left = bytes.length == 0 ? 0 : in.readInt();
    }

    boolean next() throws IOException {
      if (left == 0) {
        return false;
      }
      left--;
      name = in.readUTF();
      units = in.readLong();
      return true;
    }
  }

  /** Writes toy after toy. */
  private static final class ToyWriter {
    private static final int LEAST_BYTES = 1 << 10;

    private final ByteArrayOutputStream bytes;
    private final DataOutputStream out;
    private int toys;

    ToyWriter(int expectedBytes) throws IOException {
      bytes = new ByteArrayOutputStream(LEAST_BYTES + expectedBytes + expectedBytes / 8);
      out = new DataOutputStream(bytes);
      out.writeInt(toys); // How many there are is known at the end.
    }

    void put(String name, long units) throws IOException {
      out.writeUTF(name);
      out.writeLong(units);
      toys++;
    }

    byte[] bytes() {
      byte[] all = bytes.toByteArray();
      ByteBuffer.wrap(all).putInt(toys);
      return all;
    }
  }
}
