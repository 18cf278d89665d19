package toystore.edge;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.Labels;

/**
 * How long requests took, as one histogram for each route and status. It is the histogram of
 * Prometheus itself: a timer of Micrometer is too dear for a cached query (decision 0040).
 */
public final class RequestTimes {
  /** Upper ends of the buckets in seconds; what takes longer is in one more. */
  private static final double[] BOUNDS = {
    50e-6, 100e-6, 250e-6, 500e-6, 1e-3, 2.5e-3, 5e-3, 10e-3, 25e-3, 50e-3, 0.1, 0.25, 0.5, 1, 2.5,
    5, 10
  };

  private final Histogram times;

  /** Becomes a part of the registry, which must not have that name yet. */
  RequestTimes(PrometheusMeterRegistry registry, String name, String help, String service) {
    times = Histogram.builder()
        .name(name)
        .help(help)
        .constLabels(Labels.of("service", service))
        .labelNames("route", "status")
        .classicOnly()
        .classicUpperBounds(BOUNDS)
        .withoutExemplars()
        .register(registry.getPrometheusRegistry());
  }

  /** The times of one route. Ask once and keep it: there must be few names. */
  public RouteTimes route(String route) {
    return new RouteTimes(times, route);
  }
}
