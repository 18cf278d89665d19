package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

class RequestIdTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

  @Test
  void aValidIdIsTakenOver() {
    assertEquals("Abc_1.2:3-4", given("X-Request-Id", "Abc_1.2:3-4"));
    assertEquals("x".repeat(128), given("x-request-id", "x".repeat(128)));
  }

  @Test
  void whatCouldForgeALineOfTheLogIsNotTakenOver() {
    assertNull(given("X-Request-Id", "a b"));
    assertNull(given("X-Request-Id", "a\tb"));
    assertNull(given("X-Request-Id", "a\"b"));
    assertNull(given("X-Request-Id", "a=b"));
    assertNull(given("X-Request-Id", "ä"));
    assertNull(given("X-Request-Id", ""));
    assertNull(given("X-Request-Id", "x".repeat(129)));
  }

  @Test
  void theTraceOfATraceParentIsTheId() {
    assertEquals(TRACE, given("traceparent", PARENT));
    assertEquals(TRACE, given("traceparent", "01" + PARENT.substring(2) + "-more"));
  }

  @Test
  void aTraceParentThatIsNoneIsNotTakenOver() {
    assertNull(given("traceparent", PARENT + "-more"));
    assertNull(given("traceparent", "ff" + PARENT.substring(2)));
    assertNull(given("traceparent", PARENT.toUpperCase(java.util.Locale.ROOT)));
    assertNull(given("traceparent", PARENT.replace(TRACE, "0".repeat(32))));
    assertNull(given("traceparent", PARENT.replace("00f067aa0ba902b7", "0".repeat(16))));
    assertNull(given("traceparent", PARENT.replace('-', '_')));
    assertNull(given("traceparent", "01" + PARENT.substring(2) + "x"));
  }

  @Test
  void theClientsOwnIdComesBeforeItsTrace() {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap().add("traceparent", PARENT).add("X-Request-Id", "mine");

    assertEquals("mine", RequestId.given(headers));
  }

  @Test
  void aMadeIdIsValidAndNew() {
    String made = RequestId.make();

    assertTrue(RequestId.isValid(made), made);
    assertNotEquals(made, RequestId.make());
  }

  private static String given(String header, String value) {
    return RequestId.given(MultiMap.caseInsensitiveMultiMap().add(header, value));
  }
}
