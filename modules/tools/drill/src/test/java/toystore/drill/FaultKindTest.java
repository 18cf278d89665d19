package toystore.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.EngineName;

class FaultKindTest {
  @Test
  void eachEngineHasItsUsualFaults() {
    assertTrue(FaultKind.chosen(List.of(), EngineName.RAFT).contains(FaultKind.CATALOG));
    assertFalse(FaultKind.chosen(List.of(), EngineName.RAFT).contains(FaultKind.DATABASE));
    assertTrue(FaultKind.chosen(List.of(), EngineName.POSTGRES).contains(FaultKind.DATABASE));
    assertFalse(FaultKind.chosen(List.of(), EngineName.POSTGRES).contains(FaultKind.CATALOG));
  }

  @Test
  void whatAStoreHasNotCannotFail() {
    String message = assertThrows(
            IllegalArgumentException.class,
            () -> FaultKind.chosen(List.of("kill", "catalog"), EngineName.POSTGRES))
        .getMessage();

    assertEquals("'catalog' is none of a store with the engine postgres", message);
    assertThrows(
        IllegalArgumentException.class,
        () -> FaultKind.chosen(List.of("database"), EngineName.PRIMARY_BACKUP));
  }
}
