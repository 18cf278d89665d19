package toystore.order.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.replication.Entry;

/**
 * Bytes of the log's segments, and what they say after a crash. Pure: no file is touched here.
 *
 * <p>A record is a head of 16 bytes (payload length, payload's CRC, how many records of its batch
 * come before it, head's CRC), a payload, and a non-zero mark that ends on a multiple of 16. So a
 * head never straddles a sector, and no sector's part of a whole record is all zeros. Behind the
 * last record a file is zeros.
 *
 * <p>A disk writes sectors whole. Therefore a bad record was torn by a crash, before anything in
 * its batch was acknowledged, if and only if a sector of it was never written and no later batch
 * exists; anything else is damage, and is never guessed around.
 *
 * <p>Where entries are being removed, a mark in the place of the first one's head says that the log
 * ends there, whatever still follows; it goes once only zeros follow.
 */
final class LogFormat {
  static final int SECTOR = 512;
  static final int SEGMENT_HEAD = SECTOR;
  static final int CUT_SIZE = 16;
  static final int RECORD_HEAD = 16;

  private static final int UNIT = 16;
  private static final int MAX_PAYLOAD = 1 << 20;
  /** Of a payload, but for key and name, and for the committed index where it has one. */
  private static final int ENTRY_BYTES = 8 + 8 + 4 + 4 + 4;

  private static final long SEGMENT_MAGIC = 0x544f595241465431L;
  /** In the place of a length, where it could be none. */
  private static final int CUT = 0xc0544f59;

  private static final byte MARK = 0x5a;

  private LogFormat() {}

  private record Head(int length, int crc, int inBatch) {}

  static ByteBuffer segmentHead(LogPosition before) {
    return segmentHead(before.epoch(), before.index());
  }

  private static ByteBuffer segmentHead(long epoch, long index) {
    ByteBuffer bytes = ByteBuffer.allocate(SEGMENT_HEAD);
    bytes.putLong(SEGMENT_MAGIC).putLong(epoch).putLong(index);
    bytes.putInt(crc(bytes, 0, bytes.position()));
    return bytes.rewind();
  }

  /**
   * An entry's record.
   *
   * @param inBatch how many records of the same write come before this one
   * @param committed the index that is known committed with this entry; 0 to say none
   */
  static ByteBuffer record(Entry entry, int inBatch, long committed) {
    byte[] payload = payload(entry, committed);
    int size = recordSize(payload.length);
    ByteBuffer bytes = ByteBuffer.allocate(size);
    bytes.position(RECORD_HEAD);
    bytes.put(payload);
    while (bytes.hasRemaining()) {
      bytes.put(MARK);
    }
    bytes.putInt(0, payload.length);
    bytes.putInt(4, crc(bytes, RECORD_HEAD, size));
    bytes.putInt(8, inBatch);
    bytes.putInt(12, crc(bytes, 0, 12));
    return bytes.rewind();
  }

  /** Says that the log ends before this index. */
  static ByteBuffer cut(long index) {
    ByteBuffer bytes = ByteBuffer.allocate(CUT_SIZE);
    bytes.putInt(CUT).putLong(index);
    bytes.putInt(crc(bytes, 0, bytes.position()));
    return bytes.rewind();
  }

  private static boolean isCut(ByteBuffer bytes, int at, long index) {
    return at + CUT_SIZE <= bytes.limit()
        && bytes.duplicate().limit(at + CUT_SIZE).position(at).equals(cut(index));
  }

  private static int recordSize(int payloadLength) {
    return (RECORD_HEAD + payloadLength + 1 + UNIT - 1) / UNIT * UNIT;
  }

  private static byte[] payload(Entry entry, long committed) {
    PurchaseRequest purchase = entry.purchase();
    byte[] key = purchase == null ? new byte[0] : utf8(purchase.key());
    byte[] name = purchase == null ? new byte[0] : utf8(purchase.name());
    int size = ENTRY_BYTES + key.length + name.length;
    ByteBuffer bytes = ByteBuffer.allocate(committed > 0 ? size + Long.BYTES : size);
    bytes.putLong(entry.index()).putLong(entry.epoch());
    bytes.putInt(purchase == null ? 0 : purchase.quantity());
    bytes.putInt(key.length).putInt(name.length).put(key).put(name);
    if (committed > 0) {
      bytes.putLong(committed);
    }
    return bytes.array();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a segment: each record is whole, and they follow each other. Their entries are made of
   * those that are asked for: a start needs few of them.
   *
   * @param bytes the whole file
   * @param last whether no segment follows: only the last one may be torn
   */
  static Segment read(ByteBuffer bytes, boolean last) throws DamageException {
    return read(bytes, last, (position, at) -> {});
  }

  /** Told of each record that is whole and follows the one before it. */
  @FunctionalInterface
  interface Good {
    /** @param at where the record starts */
    void record(LogPosition position, int at) throws DamageException;
  }

  /** @param good told at once: of those before the damage, where there is some */
  static Segment read(ByteBuffer bytes, boolean last, Good good) throws DamageException {
    LogPosition before = readSegmentHead(bytes);
    NavigableMap<Long, Long> epochs = new TreeMap<>();
    List<Integer> offsets = new ArrayList<>();
    int at = SEGMENT_HEAD;
    long committed = 0;
    LogPosition previous = before;
    for (Head head = wholeHead(bytes, at); head != null; head = wholeHead(bytes, at)) {
      LogPosition position = position(bytes, at);
      if (position.index() != previous.index() + 1 || position.epoch() < previous.epoch()) {
        throw new DamageException("entry " + position + " follows " + previous);
      }
      if (offsets.isEmpty() || position.epoch() > previous.epoch()) {
        epochs.put(position.index(), position.epoch());
      }
      good.record(position, at);
      offsets.add(at);
      committed = Math.max(committed, committed(bytes, at, head));
      previous = position;
      at += recordSize(head.length());
    }
    boolean cut = last && isCut(bytes, at, previous.index() + 1);
    boolean torn = !cut && !isZero(bytes, at, bytes.limit());
    if (torn) {
      demandTorn(bytes, at, previous.index() + 1, last);
    }
    return new Segment(before, epochs, committed, offsets, at, torn, cut);
  }

  /**
   * Refuses what a newer program has written. The last byte of a file's first eight is the version
   * of its format.
   *
   * @param known the first eight bytes as this program writes them
   */
  static void demandNotNewer(ByteBuffer bytes, long known) throws DamageException {
    long found = bytes.limit() < Long.BYTES ? known : bytes.getLong(0);
    if (found >>> Byte.SIZE == known >>> Byte.SIZE && found > known) {
      throw DamageException.newer(
          "has format " + (char) (found & 0xff) + ", and this program knows "
              + (char) (known & 0xff) + ": it was written by a newer toystore, so use that one");
    }
  }

  /** The position before the first entry. */
  static LogPosition readSegmentHead(ByteBuffer bytes) throws DamageException {
    boolean isFlipped = bytes.limit() >= SEGMENT_HEAD
        && bytes.getInt(24) == crc(segmentHead(bytes.getLong(8), bytes.getLong(16)), 0, 24);
    if (!isFlipped) {
      demandNotNewer(bytes, SEGMENT_MAGIC);
    }
    if (bytes.limit() < SEGMENT_HEAD
        || bytes.getLong(0) != SEGMENT_MAGIC
        || bytes.getInt(24) != crc(bytes, 0, 24)) {
      throw new DamageException("the head of the segment is not one");
    }
    return new LogPosition(bytes.getLong(8), bytes.getLong(16));
  }

  /** How many bytes the record there has, by its head alone; 0 where there is no head. */
  static int sizeAt(ByteBuffer bytes, int at) {
    Head head = head(bytes, at);
    return head == null ? 0 : recordSize(head.length());
  }

  /** The head there; null where there is none. */
  private static Head head(ByteBuffer bytes, int at) {
    if (at + RECORD_HEAD > bytes.limit() || bytes.getInt(at + 12) != crc(bytes, at, at + 12)) {
      return null;
    }
    Head head = new Head(bytes.getInt(at), bytes.getInt(at + 4), bytes.getInt(at + 8));
    return head.length() < ENTRY_BYTES || head.length() > MAX_PAYLOAD || head.inBatch() < 0
        ? null
        : head;
  }

  static boolean isWhole(ByteBuffer bytes, int at) {
    return wholeHead(bytes, at) != null;
  }

  /** The head of the record there; null where none is whole. */
  private static Head wholeHead(ByteBuffer bytes, int at) {
    Head head = head(bytes, at);
    if (head == null) {
      return null;
    }
    int end = at + recordSize(head.length());
    boolean isWhole = end <= bytes.limit() && head.crc() == crc(bytes, at + RECORD_HEAD, end);
    return isWhole ? head : null;
  }

  private static LogPosition position(ByteBuffer bytes, int at) throws DamageException {
    int payload = at + RECORD_HEAD;
    long index = bytes.getLong(payload);
    try {
      return new LogPosition(bytes.getLong(payload + Long.BYTES), index);
    } catch (IllegalArgumentException e) {
      throw isNone(index, e);
    }
  }

  /** Whole, and yet not what an entry can be: some other program has written it. */
  private static DamageException isNone(long index, IllegalArgumentException why) {
    return new DamageException("entry " + index + " is none: " + why.getMessage());
  }

  static Entry entry(ByteBuffer bytes, int at) throws DamageException {
    ByteBuffer payload = bytes.duplicate().position(at + RECORD_HEAD);
    long index = payload.getLong();
    long epoch = payload.getLong();
    int quantity = payload.getInt();
    byte[] key = new byte[payload.getInt()];
    byte[] name = new byte[payload.getInt()];
    payload.get(key).get(name);
    try {
      return key.length == 0
          ? Entry.noOp(index, epoch)
          : Entry.of(index, epoch, new PurchaseRequest(text(key), text(name), quantity));
    } catch (IllegalArgumentException e) {
      throw isNone(index, e);
    }
  }

  /** What is behind key and name, where there is something. */
  private static long committed(ByteBuffer bytes, int at, Head head) {
    int payload = at + RECORD_HEAD;
    int lengths = payload + ENTRY_BYTES - 2 * Integer.BYTES;
    int size = ENTRY_BYTES + bytes.getInt(lengths) + bytes.getInt(lengths + Integer.BYTES);
    return head.length() == size ? 0 : bytes.getLong(payload + size);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static void demandTorn(ByteBuffer bytes, int at, long index, boolean last)
      throws DamageException {
    String what = "entry " + index + " at byte " + at + " is damaged";
    if (!last || !wasTorn(bytes, at)) {
      throw new DamageException(what);
    }
    for (int later = at + UNIT; later + RECORD_HEAD <= bytes.limit(); later += UNIT) {
      if (isWhole(bytes, later)) {
        long firstOfBatch = position(bytes, later).index() - head(bytes, later).inBatch();
        if (firstOfBatch > index) {
          throw new DamageException(what + ", and later ones are there");
        }
      }
    }
  }

  /** Whether some sector of the record there was never written. */
  private static boolean wasTorn(ByteBuffer bytes, int at) {
    if (at + RECORD_HEAD > bytes.limit()) {
      return true;
    }
    Head head = head(bytes, at);
    if (head == null) {
      return isZero(bytes, at, at + RECORD_HEAD);
    }
    int end = at + recordSize(head.length());
    if (end > bytes.limit()) {
      return true;
    }
    int from = at;
    while (from < end) {
      int to = Math.min(end, (from / SECTOR + 1) * SECTOR);
      if (isZero(bytes, from, to)) {
        return true;
      }
      from = to;
    }
    return false;
  }

  private static boolean isZero(ByteBuffer bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (bytes.get(at) != 0) {
        return false;
      }
    }
    return true;
  }

  static int crc(ByteBuffer bytes, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().limit(to).position(from));
    return (int) crc.getValue();
  }
}
