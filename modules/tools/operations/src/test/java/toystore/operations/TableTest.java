package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsAreAsWideAsTheyMustBeAndNumbersStandAtTheRight() {
    Table table = new Table("TOY", "SOLD", "STATE").row("Tux", 7, "ok").row("Uno Game", 1234, "-");

    assertEquals(
        List.of(
            "TOY       SOLD  STATE", //
            "Tux          7  ok",
            "Uno Game  1234  -"),
        table.lines());
  }

  @Test
  void aRowHasACellForEachColumn() {
    assertThrows(IllegalArgumentException.class, () -> new Table("A", "B").row("only one"));
  }
}
