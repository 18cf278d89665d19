package toystore.edge;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The legs of a service as one histogram. Its buckets are counted here and not by Prometheus'
 * library, which adds one at a time: a batch of fifty would pay fifty times (decision 0055).
 */
final class LegFigures implements Collector {
  private static final String NAME = "toystore_leg_seconds";

  private static final MetricMetadata ABOUT =
      new MetricMetadata(NAME, "How long the legs of purchases took, for each purchase on them");

  private final String service;
  private final Map<Labels, LegTimes> legs = new ConcurrentHashMap<>();

  LegFigures(String service) {
    this.service = service;
  }

  LegTimes leg(Leg leg) {
    return times(Labels.of("leg", leg.word(), "service", service));
  }

  LegTimes leg(Leg leg, String to) {
    return times(Labels.of("leg", leg.word(), "service", service, "to", to));
  }

  private LegTimes times(Labels labels) {
    return legs.computeIfAbsent(labels, absent -> new LegTimes());
  }

  @Override
  public HistogramSnapshot collect() {
    List<HistogramDataPointSnapshot> points = legs.entrySet().stream()
        .map(leg -> leg.getValue().snapshot(leg.getKey()))
        .toList();
    return new HistogramSnapshot(ABOUT, points);
  }
}
