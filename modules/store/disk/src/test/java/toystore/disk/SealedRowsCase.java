package toystore.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Rows whose key, link and digest are known by their number. */
class SealedRowsCase {
  static final String OWNER = "order-1";
  static final int MOST_ROWS = 1 << 26;

  @TempDir
  Path scratch;

  static String key(long row) {
    return "key-" + row;
  }

  static long link(long row) {
    return row * 31 + 7;
  }

  static SealedRows.Added batch(long first, int rows) {
    List<String> keys = new ArrayList<>();
    long[] links = new long[rows];
    long digest = 0;
    for (int i = 0; i < rows; i++) {
      keys.add(key(first + i));
      links[i] = link(first + i);
      digest += link(first + i);
    }
    return new SealedRows.Added(first, keys, links, digest, state(first + rows));
  }

  static byte[] state(long rows) {
    return ByteBuffer.allocate(Long.BYTES).putLong(rows).array();
  }

  Path folder() {
    return scratch.resolve("orders.runs");
  }

  SealedRows open() {
    return SealedRows.open(folder(), OWNER);
  }

  static void demandRows(SealedRows rows, long count) {
    assertEquals(count, rows.count());
    long digest = 0;
    for (long row = 0; row < count; row++) {
      long expected = row;
      assertEquals(row, rows.find(key(row), found -> found == expected));
      assertEquals(link(row), rows.link(row));
      digest += link(row);
    }
    assertEquals(digest, rows.extent().digest());
    assertArrayEquals(count == 0 ? new byte[0] : state(count), rows.state());
    assertEquals(SealedRows.ABSENT, rows.find(key(count), found -> key(found).equals(key(count))));
  }

  List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(file -> file.toString().endsWith(".run")).sorted().toList();
    }
  }
}
