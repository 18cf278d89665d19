package toystore.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What has the name of a backup is a whole one. */
class BackupFolderTest {
  @TempDir
  Path folder;

  private Path target() {
    return folder.resolve("monday");
  }

  private Export written(NewArchive archive) throws IOException {
    Path store = Sample.export(archive.store(), "raft");
    try (InputStream in = Files.newInputStream(store)) {
      return new ExportReader(in, "it", ExportSink.NONE).read();
    }
  }

  private void makeBackup() throws IOException {
    try (NewArchive archive = NewArchive.begin(target(), 0)) {
      archive.finishBackup(written(archive), 100);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void aBackupIsFoundAgain() throws IOException {
    makeBackup();

    Manifest manifest = BackupFolder.open(target()).manifest();

    assertEquals(List.of("monday"), names());
    assertEquals(2, manifest.orders());
    assertEquals("raft", manifest.engine());
    assertEquals(100, manifest.stock());
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(target())));
  }

  @Test
  void whatIsNotFinishedLeavesNothing() throws IOException {
    try (NewArchive archive = NewArchive.begin(target(), 0)) {
      written(archive);
      assertFalse(Files.exists(target()));
    }

    assertEquals(List.of(), names());
  }

  @Test
  void whatIsNotReadAsItWasWrittenIsNoBackup() throws IOException {
    try (NewArchive archive = NewArchive.begin(target(), 0)) {
      Export export = written(archive);
      Files.writeString(
          archive.store(), Files.readString(archive.store()).replace("\"b\"", "\"d\""));

      assertThrows(ArchiveFailed.class, () -> archive.finishBackup(export, null));
    }

    assertEquals(List.of(), names());
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Files.createDirectory(target());

    assertSays("is there already", () -> NewArchive.begin(target(), 0));
  }

  @Test
  void aDiskWithTooLittleSpaceIsRefusedAtOnce() throws IOException {
    assertSays("MB free", () -> NewArchive.begin(target(), Long.MAX_VALUE));

    assertEquals(List.of(), names());
  }

  @Test
  void aChangedOrMissingFileIsRefused() throws IOException {
    makeBackup();
    Path store = target().resolve(BackupFolder.STORE);
    byte[] bytes = Files.readAllBytes(store);
    bytes[bytes.length / 2] ^= 1;
    Files.write(store, bytes);

    assertSays("is not as it was written", () -> BackupFolder.open(target()));
    Files.delete(store);
    assertSays("is missing", () -> BackupFolder.open(target()));
  }

  @Test
  void whatIsNoBackupOrOfALaterProgramIsRefused() throws IOException {
    makeBackup();
    Path manifest = target().resolve(BackupFolder.MANIFEST);
    String text = Files.readString(manifest);

    Files.writeString(manifest, text.replace("\"version\" : 1", "\"version\" : 2"));
    assertSays("use the newer program", () -> BackupFolder.open(target()));
    Files.writeString(manifest, "null");
    assertSays("is no backup of a toystore", () -> BackupFolder.open(target()));
    Files.writeString(manifest, "{}");
    assertSays("is no backup of a toystore", () -> BackupFolder.open(target()));
    Files.writeString(manifest, "x");
    assertSays("is no manifest", () -> BackupFolder.open(target()));
    Files.delete(manifest);
    assertSays("is no backup", () -> BackupFolder.open(target()));
  }

  private static void assertSays(String why, Executable work) {
    String said = assertThrows(ArchiveFailed.class, work).getMessage();
    assertTrue(said.contains(why), said);
  }
}
