package toystore.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import toystore.edge.Metrics;
import toystore.model.PurchaseRequest;

class PurchaseLegsTest {
  private static final Pattern SERIES =
      Pattern.compile("toystore_leg_seconds_(?:count|sum)\\{leg=\"([a-z-]+)\".*} (.*)");
  private static final PurchaseRequest TUX = new PurchaseRequest("tux", "Tux", 1);
  private static final PurchaseRequest OWL = new PurchaseRequest("owl", "Owl", 1);

  private final Metrics metrics = Metrics.ofService("test");
  private final PurchaseLegs legs = new PurchaseLegs(metrics);

  @Test
  void theLegsOfAPurchaseAddUpToTheWhole() {
    legs.came(TUX, 1_000);
    legs.reserving(List.of(TUX), 2_000);
    legs.reserved(List.of(TUX), 5_000);
    legs.proposed(List.of(TUX), 6_000);
    legs.ordered(TUX, 10_000);
    legs.answered(TUX, 12_000);

    assertEquals(
        Map.of(
            "reserve-wait", 1e-6,
            "reserve-call", 3e-6,
            "propose-wait", 1e-6,
            "replicate", 4e-6,
            "answer", 2e-6,
            "buy", 11e-6),
        seconds());
  }

  @Test
  void eachOfABatchCounts() {
    for (PurchaseRequest purchase : List.of(TUX, OWL)) {
      legs.came(purchase, 1_000);
    }
    legs.reserving(List.of(TUX, OWL), 2_000);
    legs.reserved(List.of(TUX, OWL), 3_000);
    legs.proposed(List.of(TUX, OWL), 4_000);
    for (PurchaseRequest purchase : List.of(TUX, OWL)) {
      legs.ordered(purchase, 5_000);
      legs.answered(purchase, 6_000);
    }

    assertEquals(2, counts().get("buy"));
    assertEquals(10e-6, seconds().get("buy"));
  }

  @Test
  void whatIsRefusedHasNoLegs() {
    legs.came(TUX, 1_000);
    legs.reserving(List.of(TUX), 2_000);
    legs.reserved(List.of(TUX), 5_000);
    legs.answered(TUX, 6_000);

    assertEquals(Map.of(), seconds());
  }

  @Test
  void aRepetitionIsNoSecondPurchase() {
    legs.came(TUX, 1_000);
    legs.came(TUX, 2_000);
    legs.reserving(List.of(TUX), 2_000);
    legs.reserved(List.of(TUX), 3_000);
    legs.proposed(List.of(TUX), 4_000);
    legs.ordered(TUX, 5_000);
    legs.answered(TUX, 6_000);
    legs.answered(TUX, 6_000);

    assertEquals(1, counts().get("buy"));
    assertEquals(5e-6, seconds().get("buy"));
  }

  @Test
  void aHoldThatNobodyWaitsForHasNoLegs() {
    legs.proposed(List.of(OWL), 4_000);
    legs.ordered(OWL, 5_000);

    assertFalse(seconds().containsKey("replicate"));
  }

  /** Of the legs that were taken, rounded to nanoseconds. */
  private Map<String, Double> seconds() {
    return figures("_sum");
  }

  private Map<String, Double> counts() {
    return figures("_count");
  }

  private Map<String, Double> figures(String ending) {
    Map<String, Double> figures = new TreeMap<>();
    metrics
        .registry()
        .scrape()
        .lines()
        .filter(line -> line.contains(ending))
        .map(SERIES::matcher)
        .filter(Matcher::matches)
        .filter(series -> Double.parseDouble(series.group(2)) > 0)
        .forEach(series -> figures.put(
            series.group(1), Math.round(Double.parseDouble(series.group(2)) * 1e9) / 1e9));
    return figures;
  }
}
