package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WholeNumberTest {
  private static final int LIMIT = 1_000_000;

  @Test
  void wholeIsWhatHasNoFraction() {
    assertEquals(1, value("1"));
    assertEquals(1, value("1.0"));
    assertEquals(1, value("1e0"));
    assertEquals(1, value("10e-1"));
    assertEquals(12, value("1.2E+1"));
    assertEquals(1, value("0.00001e5"));
    assertEquals(1, value("1." + "0".repeat(9_000)));
    assertEquals(1, value("1" + "0".repeat(9_000) + "e-9000"));
    assertEquals(LIMIT, value("1e6"));
    assertEquals(LIMIT, value("1000000.0"));
  }

  @Test
  void whatIsNoneFromOneToTheLimitIsZero() {
    for (String json : List.of(
        "0",
        "-0",
        "0.0",
        "0e5",
        "-1",
        "-1e0",
        "1.50",
        "1e-1",
        "0.9999999",
        "1000001",
        "1e7",
        "1e400",
        "1e999999999999",
        "1e-999999999999",
        "1000000.5",
        "9".repeat(9_000),
        "18446744073709551617",
        "4294967297",
        "0e999999999999",
        "1" + "0".repeat(9_000) + "e-8990",
        "1.0e-0000001")) {
      assertEquals(0, value(json), json);
    }
  }

  @Test
  void itIsTheValueThatDecimalArithmeticFinds() {
    Random chance = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String json = (chance.nextInt(9) == 0 ? "-" : "")
          + chance.nextInt(12)
          + (chance.nextBoolean() ? "." + "0".repeat(chance.nextInt(3)) + chance.nextInt(30) : "")
          + (chance.nextBoolean() ? "e" + (chance.nextInt(18) - 9) : "");
      BigDecimal value = new BigDecimal(json);
      boolean fits = value.signum() > 0
          && value.compareTo(BigDecimal.valueOf(LIMIT)) <= 0
          && value.stripTrailingZeros().scale() <= 0;

      assertEquals(fits ? value.intValueExact() : 0, value(json), json);
    }
  }

  private static int value(String json) {
    return WholeNumber.of(json, LIMIT);
  }
}
