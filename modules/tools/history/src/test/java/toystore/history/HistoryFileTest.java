package toystore.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

class HistoryFileTest {
  private static final String HEAD =
      "{\"history\":1,\"ordersBefore\":0}\n{\"toy\":\"Tux\",\"stock\":10,\"restockTo\":10}\n";
  private static final String QUERY =
      "{\"client\":1,\"type\":\"QUERY\",\"toy\":\"Tux\",\"quantity\":10,"
          + "\"outcome\":\"QUANTITY\",\"call\":0,\"return\":5}\n";

  @TempDir
  private Path folder;

  @Test
  void everyKindOfOperationIsReadAsWritten() throws IOException {
    PurchaseRequest request = new PurchaseRequest("key \"1\"", "Tüx", 2);
    History history = new History(
        3,
        Map.of("Tüx", new ToyStart("Tüx", 10, 100)),
        List.of(
            Operations.query(1, "Tüx", 10, -5, 5),
            Operations.ordered(2, request, 3, 0, 5),
            Operations.unknown(2, request, 7),
            Operations.outOfStock(2, new PurchaseRequest("l", "Tüx", 200), 0, 5),
            Operations.found(3, new Order(3, "Tüx", 2), 0, 5),
            Operations.notFound(3, 4, 0, 5)),
        true);
    Path file = folder.resolve("history");

    HistoryWriter.write(file, history);

    assertEquals(history, HistoryFile.read(file));
  }

  @Test
  void tornLastLineIsLeftOutAndTheHistoryIsNotComplete() throws IOException {
    History history = HistoryFile.read(file(HEAD + QUERY + QUERY.substring(0, 30)));

    assertEquals(1, history.operations().size());
    assertFalse(history.complete());
  }

  @Test
  void endLineMakesItComplete() throws IOException {
    assertTrue(HistoryFile.read(file(HEAD + QUERY + "{\"end\":1}\n")).complete());
    assertFalse(HistoryFile.read(file(HEAD + QUERY)).complete());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "{\"end\":0}",
        "{\"history\":2,\"ordersBefore\":0}",
        HEAD + "nonsense\n" + QUERY,
        HEAD + "null\n" + QUERY,
        HEAD + "{}\n" + QUERY,
        HEAD + "{\"end\":0}\n" + QUERY,
        HEAD + QUERY + "{\"end\":2}",
        HEAD + "{\"toy\":\"Tux\",\"stock\":10,\"restockTo\":10}\n",
        HEAD + "{\"client\":1,\"type\":\"QUERY\",\"toy\":\"Fox\",\"quantity\":1,"
            + "\"outcome\":\"QUANTITY\",\"call\":0,\"return\":5}\n",
        HEAD + "{\"client\":1,\"type\":\"QUERY\",\"toy\":\"Tux\",\"quantity\":1,"
            + "\"outcome\":\"QUANTITY\",\"call\":9,\"return\":5}\n",
        HEAD + "{\"client\":1,\"type\":\"QUERY\",\"toy\":\"Tux\",\"quantity\":1,"
            + "\"outcome\":\"FOUND\",\"call\":0,\"return\":5}\n",
        HEAD + "{\"surprise\":1}\n" + QUERY
      })
  void whatIsNoHistoryIsRefusedByName(String text) throws IOException {
    Path file = file(text);

    HistoryFormatException refused =
        assertThrows(HistoryFormatException.class, () -> HistoryFile.read(file));

    assertTrue(refused.getMessage().startsWith(file.toString()), refused.getMessage());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("history"), text);
  }
}
