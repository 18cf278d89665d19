package toystore.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An export is taken as it was written, or not at all. */
class ExportReaderTest {
  @TempDir
  Path folder;

  private String text;

  @BeforeEach
  void write() throws IOException {
    text = Files.readString(Sample.export(folder.resolve("export"), "raft"));
  }

  private static Export read(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new ExportReader(new ByteArrayInputStream(bytes), "it", ExportSink.NONE).read();
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    Export export = read(text);

    assertEquals(2, export.orders());
    assertEquals(1, export.holds());
    assertEquals(1, export.toys());
  }

  @Test
  void fieldsOfALaterProgramArePassedOver() {
    String later = text.replaceFirst("\"version\":1", "\"version\":1,\"colour\":\"red\"");

    // The bytes are others, so the end does not fit: but the line was read.
    assertSays("is not as it was written", later);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\":1,\"program\" | \"version\":2,\"program\" | use the newer program",
        "toystore-export | other | it is no toystore-export but other",
        "\"number\":1 | \"number\":2 | numbers have no gaps",
        "\"name\":\"Tux\",\"priceCents\" | \"name\":\"Fox\",\"priceCents\" | no toy Tux",
        "\"stock\":94 | \"stock\":95 | Tux: initial 100 + restocked 0 is not in stock 95",
        "\"priceCents\":1599 | \"priceCents\":1598 | it is not as it was written",
        "\"initial\":100 | \"initial\":\"100\" | it, line 2, is no line of an export",
        "\"key\":\"a\" | \"key\":\"\" | it, line 3, is wrong: key has 0 characters",
        "\"key\":\"a\" | \"key\":\"x\" | it is not as it was written",
        "\"quantity\":2 | \"quantity\":null | it, line 4, is no line of an export",
        "\"type\":\"hold\" | \"type\":\"gift\" | it, line 5, is no line of an export"
      })
  void aChangedFileIsRefused(String from, String to, String why) {
    assertTrue(text.contains(from), text);
    assertSays(why, text.replace(from, to));
  }

  @Test
  void aFileThatWasCutIsRefused() {
    for (int length = 0; length < text.length(); length++) {
      String cut = text.substring(0, length);
      assertThrows(ArchiveFailed.class, () -> read(cut), cut);
    }
  }

  @Test
  void linesInAnotherOrderAreRefused() {
    String[] lines = text.split("\n");

    String swapped = lines[4] + "\n" + lines[3];
    assertSays("out of order", text.replace(lines[3] + "\n" + lines[4], swapped));
    assertSays("second head", text.replace(lines[1], lines[0]));
    assertSays("does not begin with the head", text.substring(lines[0].length() + 1));
    assertSays("goes on behind its end", text + lines[1] + "\n");
  }

  @Test
  void aLineWithoutAnEndIsGivenUp() {
    assertSays("longer than", "x".repeat(1 << 19));
  }

  private static void assertSays(String why, String text) {
    String said = assertThrows(ArchiveFailed.class, () -> read(text)).getMessage();
    assertTrue(said.contains(why), said);
  }
}
