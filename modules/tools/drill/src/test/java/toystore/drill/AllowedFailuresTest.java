package toystore.drill;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.history.Operation.Type;

/** What may fail while a service is down: README.md, "What it promises". */
class AllowedFailuresTest {
  private static final int UNAVAILABLE = 503;
  private static final int BROKEN = 500;
  private static final int NOTHING = 0;

  @Test
  void theLossOfOneReplicaExcusesNothing() {
    for (Type type : Type.values()) {
      assertFalse(AllowedFailures.NONE.covers(type, UNAVAILABLE, false));
    }
  }

  @Test
  void withoutTheCatalogOrdersAreStillFoundOrProvedAbsent() {
    assertTrue(AllowedFailures.CATALOG.covers(Type.BUY, UNAVAILABLE, false));
    assertTrue(AllowedFailures.CATALOG.covers(Type.QUERY, UNAVAILABLE, false));
    assertFalse(AllowedFailures.CATALOG.covers(Type.ORDER_QUERY, UNAVAILABLE, false));
  }

  @Test
  void withoutAMajorityKnownOrdersAreFoundAndProductsShown() {
    assertTrue(AllowedFailures.MAJORITY.covers(Type.BUY, UNAVAILABLE, false));
    assertTrue(AllowedFailures.MAJORITY.covers(Type.ORDER_QUERY, UNAVAILABLE, false));
    assertFalse(AllowedFailures.MAJORITY.covers(Type.ORDER_QUERY, UNAVAILABLE, true));
    assertFalse(AllowedFailures.MAJORITY.covers(Type.QUERY, UNAVAILABLE, false));
  }

  @Test
  void aRefusalIsClear() {
    assertFalse(AllowedFailures.CATALOG.covers(Type.BUY, BROKEN, false));
    assertFalse(AllowedFailures.CATALOG.covers(Type.BUY, NOTHING, false));
  }

  @Test
  void withoutTheFrontEndThereIsNoAnswer() {
    assertTrue(AllowedFailures.FRONT_END.covers(Type.QUERY, NOTHING, false));
    assertTrue(AllowedFailures.FRONT_END.covers(Type.BUY, UNAVAILABLE, false));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 404, 409, 422, BROKEN})
  void noFaultExcusesAnyOtherAnswer(int status) {
    for (AllowedFailures excuse : AllowedFailures.values()) {
      for (Type type : Type.values()) {
        assertFalse(excuse.covers(type, status, false), excuse + " " + type);
      }
    }
  }
}
