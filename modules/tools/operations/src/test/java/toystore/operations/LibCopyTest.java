package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibCopyTest {
  @TempDir
  Path source;

  @TempDir
  Path copy;

  @Test
  void theCopyBecomesEqual() throws IOException {
    Files.writeString(source.resolve("new.jar"), "new");
    Files.writeString(source.resolve("notes.txt"), "no jar");
    Files.writeString(copy.resolve("old.jar"), "old");

    LibCopy.refresh(source, copy);

    assertEquals("new", Files.readString(copy.resolve("new.jar")));
    try (var files = Files.list(copy)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void aLaterBuildDoesNotReachTheCopy() throws IOException {
    Files.writeString(source.resolve("a.jar"), "first");
    LibCopy.refresh(source, copy);

    Files.delete(source.resolve("a.jar"));
    Files.writeString(source.resolve("a.jar"), "second");

    assertEquals("first", Files.readString(copy.resolve("a.jar")));
  }

  @Test
  void theArchiveOfParsedClassesComesWithTheFilesItIsGoodFor() throws IOException {
    Files.writeString(source.resolve("a.jar"), "a");
    Files.writeString(source.resolve("toystore.jsa"), "parsed");

    LibCopy.refresh(source, copy);

    assertTrue(Files.isSameFile(source.resolve("a.jar"), copy.resolve("a.jar")));
    assertEquals("parsed", Files.readString(copy.resolve("toystore.jsa")));
  }

  @Test
  void aStoreWithoutJarsIsNotStarted() {
    assertThrows(OperationFailed.class, () -> LibCopy.refresh(source, copy));
  }
}
