package toystore.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import toystore.model.Order;

class OrderFilesTest {
  private static final String TUX = "{\"number\":0,\"name\":\"Tux\",\"quantity\":1,\"key\":\"a\"}";
  private static final String FOX = "{\"number\":1,\"name\":\"Fox\",\"quantity\":2,\"key\":\"b\"}";
  private static final Map<Long, Order> PROMISED =
      Map.of(0L, new Order(0, "Tux", 1), 1L, new Order(1, "Fox", 2));

  @Test
  void goodFilesAreTheSameAndHoldWhatWasPromised() {
    List<String> file = List.of(TUX, FOX);

    assertEquals(List.of(), OrderFiles.compare(List.of(file, file, file), PROMISED));
  }

  @Test
  void anOrderThatOneFileLacksIsFound() {
    List<String> found =
        OrderFiles.compare(List.of(List.of(TUX, FOX), List.of(TUX, FOX), List.of(TUX)), PROMISED);

    assertTrue(found.get(0).startsWith("the file of order-3 differs"), found::toString);
  }

  @Test
  void anotherKeyIsFoundThoughTheOrderIsTheSame() {
    List<String> other = List.of(TUX, FOX.replace("\"b\"", "\"c\""));

    assertEquals(
        1, OrderFiles.compare(List.of(List.of(TUX, FOX), other), PROMISED).size());
  }

  @Test
  void anOrderThatAllFilesHaveChangedIsFound() {
    List<String> file = List.of(TUX, FOX.replace("2", "3"));

    assertEquals(2, OrderFiles.compare(List.of(file, file), PROMISED).size());
  }
}
