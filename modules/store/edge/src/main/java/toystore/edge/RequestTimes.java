package toystore.edge;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.Labels;

/**
 * How long requests took, as one histogram for each route and status. It is the histogram of
 * Prometheus itself: a timer of Micrometer is too dear for a cached query (decision 0040).
 */
public final class RequestTimes {
  private final Histogram times;

  /** Becomes a part of the registry, which must not have that name yet. */
  RequestTimes(PrometheusMeterRegistry registry, String name, String help, String service) {
    times = Histogram.builder()
        .name(name)
        .help(help)
        .constLabels(Labels.of("service", service))
        .labelNames("route", "status")
        .classicOnly()
        .classicUpperBounds(TimeBounds.usual())
        .withoutExemplars()
        .register(registry.getPrometheusRegistry());
  }

  /** The times of one route. Ask once and keep it: there must be few names. */
  public RouteTimes route(String route) {
    return new RouteTimes(times, route);
  }
}
