package toystore.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class EngineNameTest {
  @Test
  void eachIsFoundByItsWord() {
    for (EngineName engine : EngineName.values()) {
      assertEquals(engine, EngineName.of(engine.toString()));
    }
  }

  @Test
  void anUnknownOneIsToldWithAllThatAre() {
    String message = assertThrows(IllegalArgumentException.class, () -> EngineName.of("paper"))
        .getMessage();

    assertEquals("engine 'paper' is unknown: it is one of primary-backup, raft, postgres", message);
  }

  @Test
  void onlyTheUsualOneHasFilesWithoutAPrefix() {
    assertEquals("", EngineName.usual().filePrefix());
    assertEquals("raft-", EngineName.RAFT.filePrefix());
  }
}
