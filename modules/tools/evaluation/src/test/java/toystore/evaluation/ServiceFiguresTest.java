package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.edge.Leg;
import toystore.edge.Metrics;

class ServiceFiguresTest {
  @Test
  void aLegIsReadAsItWasRecorded() {
    Metrics metrics = Metrics.ofService("order-3");
    metrics.leg(Leg.APPEND_CALL, "1").record(2, 55_000);
    metrics.leg(Leg.APPEND_CALL, "2").record(1_000_000);

    ServiceFigures figures = ServiceFigures.parse(metrics.registry().scrape());

    LegHistogram first = figures.leg(Leg.APPEND_CALL, "1");
    assertEquals(2, first.count());
    assertEquals(55, first.meanUs(), 1e-6);
    assertEquals(55, first.percentileUs(0.5), 1e-6);
    assertEquals(1, figures.leg(Leg.APPEND_CALL, "2").count());
    assertEquals(LegHistogram.NONE, figures.leg(Leg.APPEND_CALL, ""));
    assertEquals(LegHistogram.NONE, figures.leg(Leg.COMMIT, ""));
  }

  @Test
  void looksAtAServiceAreNoExchanges() {
    ServiceFigures figures = ServiceFigures.parse(String.join(
        "\n",
        List.of(
            "# TYPE toystore_internal_requests_seconds histogram",
            "toystore_internal_requests_seconds_count{route=\"/buy\",service=\"a\",status=\"200\"} 3",
            "toystore_internal_requests_seconds_count{route=\"/buy\",service=\"a\",status=\"503\"} 1",
            "toystore_internal_requests_seconds_count{route=\"/health\",service=\"a\"} 50",
            "toystore_log_commit_seconds_count{service=\"a\"} 7",
            "toystore_disk_commits_total{service=\"a\"} 2.0")));

    assertEquals(4, figures.exchanges());
    assertEquals(9, figures.commits());
  }
}
