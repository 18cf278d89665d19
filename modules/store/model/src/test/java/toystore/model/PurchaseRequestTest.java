package toystore.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PurchaseRequestTest {
  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "\udc3b", "a\ud83d", "\ud83db", "\udc3b\ud83d", "a\0b"})
  void whatCannotBeSentOnOrKeptOnDiskIsNoKeyAndNoName(String broken) {
    assertThrows(IllegalArgumentException.class, () -> new PurchaseRequest(broken, "Tux", 1));
    assertThrows(IllegalArgumentException.class, () -> new PurchaseRequest("key", broken, 1));
  }

  @Test
  void aNameIsNoLongerThanAClientCanSendIt() {
    String longest = "x".repeat(PurchaseRequest.MAX_NAME_LENGTH);
    assertEquals(longest, new PurchaseRequest("key", longest, 1).name());
    assertThrows(
        IllegalArgumentException.class, () -> new PurchaseRequest("key", longest + "x", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"k", "\u00e9", "\ud83d\udc3b", "a\ud83d\udc3b\ud83d\udc3bb", "\uffff"})
  void allOtherTextIs(String text) {
    assertEquals(text, new PurchaseRequest(text, text, 1).key());
  }
}
