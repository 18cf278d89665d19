package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import toystore.model.EngineName;

/** What a data folder remembers, as later and earlier programs have written it. */
class MemoryTest {
  @Test
  void whatIsWrittenIsRead() {
    Memory memory = new Memory(EngineName.RAFT, OptionalInt.of(500), 2);

    assertEquals(memory, Memory.of(memory.toJson()));
  }

  @Test
  void aDatabaseThatWasGivenIsReadAsItWasWritten() {
    GivenDatabase given = new GivenDatabase(
        "postgresql://a,b/c",
        Optional.of(Path.of("/password")),
        Optional.of(Path.of("/a.pem")),
        "replicated");
    Memory memory =
        new Memory(EngineName.POSTGRES, OptionalInt.empty(), 1).with(Optional.of(given));

    assertEquals(memory, Memory.of(memory.toJson()));
  }

  @Test
  void aMemoryWithoutAVersionIsOfTheFirst() {
    Memory memory = new Memory(EngineName.RAFT, OptionalInt.empty(), 1);

    assertEquals(memory, Memory.of(Json.object().put("engine", "raft")));
  }

  @Test
  void aFolderThatANewerProgramHasUsedIsRefused() {
    String said = assertThrows(
            OperationFailed.class,
            () -> Memory.of(Json.object().put("engine", "raft").put("version", 2)))
        .getMessage();

    assertTrue(said.contains("a newer toystore"), said);
  }
}
