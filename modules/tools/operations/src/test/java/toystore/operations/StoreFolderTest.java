package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.model.EngineName;

class StoreFolderTest {
  @TempDir
  Path root;

  @Test
  void theTokenIsMadeOnceAndIsItsOwnersOnly() throws IOException {
    StoreFolder folder = new StoreFolder(root);

    folder.makeToken();
    String token = folder.readToken();
    folder.makeToken();

    assertEquals(token, folder.readToken());
    assertEquals(64, token.length());
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.token())));
  }

  @Test
  void itRemembers() {
    StoreFolder folder = new StoreFolder(root);
    assertEquals(Optional.empty(), folder.memory());

    Memory whole = new Memory(EngineName.RAFT, OptionalInt.of(7), 2);
    folder.remember(whole);
    assertEquals(Optional.of(whole), folder.memory());
    Memory withoutStock = new Memory(EngineName.RAFT, OptionalInt.empty(), 1);
    folder.remember(withoutStock);
    assertEquals(Optional.of(withoutStock), folder.memory());
    folder.forget();
    assertEquals(Optional.empty(), folder.memory());
  }

  @Test
  void whatAKilledProcessUnpackedIsGoneAtTheNextStart() throws IOException {
    StoreFolder folder = new StoreFolder(root);
    Path scratch = folder.makeScratch(Service.CATALOG);
    Files.createDirectories(scratch.resolve("cache/webroot"));
    Files.writeString(scratch.resolve("cache/webroot/page"), "unpacked");

    assertEquals(scratch, folder.makeScratch(Service.CATALOG));

    try (var files = Files.list(scratch)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void twoCommandsDoNotWorkAtOnce() {
    StoreFolder folder = new StoreFolder(root);

    OperationFailed failure = assertThrows(
        OperationFailed.class, () -> folder.locked(none(), () -> folder.locked(none(), () -> 1)));

    assertTrue(failure.getMessage().contains(" is still at work"), failure.getMessage());
    assertTrue(
        failure.getMessage().startsWith("process " + ProcessHandle.current().pid() + " ("),
        "it is named: " + failure.getMessage());
    assertEquals(1, folder.locked(none(), () -> 1));
  }

  private static OperatorWait none() {
    return OperatorWait.of(Operator.hearing(line -> {}), Duration.ZERO);
  }
}
