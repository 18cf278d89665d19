package toystore.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mark that a newer program has written is not damaged: it must not be removed. */
class NewerMarkTest {
  private static final int VERSION_BYTE = 7;
  private static final int SECOND_SLOT = 4_096;

  @TempDir
  Path folder;

  @Test
  void aMarkOfANewerProgramIsRefusedAsOne() throws IOException {
    Path path = folder.resolve("it.mark");
    MarkFile.open(path, new DurableExtent(5, 7)).close();
    byte[] bytes = Files.readAllBytes(path);
    bytes[VERSION_BYTE]++;
    Files.write(path, bytes);
    assertEquals(5, MarkFile.read(path).changes());
    bytes[SECOND_SLOT + VERSION_BYTE]++;
    Files.write(path, bytes);

    DataFolderException refusal =
        assertThrows(DataFolderException.class, () -> MarkFile.read(path));

    assertTrue(refusal.getMessage().contains("by a newer toystore"), refusal.getMessage());
    assertFalse(refusal.isDamage());
  }
}
