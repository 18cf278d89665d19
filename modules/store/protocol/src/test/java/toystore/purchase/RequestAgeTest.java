package toystore.purchase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RequestAgeTest {
  private final RequestAge age = new RequestAge(1_000, 100);

  @Test
  void withoutAReadingARequestMayBeOfAnyAge() {
    assertEquals(0, age.seenMs(age.cameAt(150)));
  }

  @Test
  void aRequestIsNoOlderThanTheReadingBeforeIt() {
    age.read(5_000, 200);

    assertEquals(5_000, age.seenMs(age.cameAt(900)));
  }

  @Test
  void aLaterReadingMakesAWaitingRequestNoYounger() {
    age.read(5_000, 200);
    long came = age.cameAt(300);
    age.tick(900);
    age.tick(1_700);
    age.read(9_000, 2_300);

    assertEquals(7_000, age.seenMs(came));
  }

  @Test
  void anOlderReadingThatComesLateChangesNothing() {
    age.read(5_000, 200);
    age.read(4_000, 300);

    assertEquals(5_000, age.seenMs(age.cameAt(400)));
  }

  @Test
  void whatIsReadAfterAPauseMayHaveComeBeforeIt() {
    age.read(5_000, 200);
    age.tick(300);

    long first = age.cameAt(60_300);
    age.tick(60_310);
    age.read(65_000, 60_320);
    long second = age.cameAt(60_900);
    age.tick(61_200);
    age.tick(61_400);

    assertEquals(300, first);
    assertEquals(300, second);
    assertEquals(4_980, age.seenMs(second));
    assertEquals(61_400, age.cameAt(61_400));
  }
}
