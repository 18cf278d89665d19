package toystore.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash finds, at whatever moment, of a mark that is being made. */
class NewMarkTest {
  private static final int MARKS = 300;
  private static final DurableExtent FIRST = new DurableExtent(1, 42);

  @TempDir
  Path folder;

  @Test
  void isThereWholeOrNotAtAll() throws Exception {
    CompletableFuture<Exception> looking = CompletableFuture.supplyAsync(this::look);

    for (int i = 0; i < MARKS; i++) {
      MarkFile.open(mark(i), FIRST).close();
    }

    assertNull(looking.get());
  }

  /** As a start after a crash would see them; the failure, if there was one. */
  private Exception look() {
    try {
      for (int i = 0; i < MARKS; i++) {
        while (MarkFile.read(mark(i)).equals(DurableExtent.NONE)) {
          Thread.onSpinWait();
        }
      }
      return null;
    } catch (IOException | DataFolderException e) {
      return e;
    }
  }

  @Test
  void whatACrashLeftOfOneIsNotInTheWay() throws IOException {
    Files.writeString(folder.resolve("numbers.db.mark.tmp"), "half");

    MarkFile.open(folder.resolve("numbers.db.mark"), FIRST).close();

    assertEquals(FIRST, MarkFile.read(folder.resolve("numbers.db.mark")));
  }

  private Path mark(int i) {
    return folder.resolve(i + ".mark");
  }
}
