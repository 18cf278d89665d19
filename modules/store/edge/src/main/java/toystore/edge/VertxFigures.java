package toystore.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.micrometer.backends.BackendRegistries;
import java.util.EnumSet;
import java.util.Set;

/**
 * What Vert.x counts of itself. By default that is who waits for its threads, which costs a request
 * nothing. Connections, bytes and calls of its servers and clients are counted on demand, because
 * that costs each request (decision 0040).
 */
final class VertxFigures {
  /** {@code all}: connections, bytes and calls, too. */
  static final String VARIABLE = "TOYSTORE_VERTX_METRICS";

  private static final String REGISTRY = "toystore";

  private VertxFigures() {}

  /** A Vert.x of this process that counts. */
  static VertxBuilder counting(VertxOptions options, String wanted) {
    Set<MetricsDomain> counted = "all".equals(wanted)
        ? EnumSet.allOf(MetricsDomain.class)
        : EnumSet.of(MetricsDomain.NAMED_POOLS);
    MicrometerMetricsOptions figures = new MicrometerMetricsOptions()
        .setEnabled(true)
        .setRegistryName(REGISTRY)
        // Not the method or the path: clients think of as many as they like.
        .setLabels(EnumSet.of(Label.HTTP_CODE, Label.POOL_NAME, Label.POOL_TYPE));
    EnumSet.complementOf(EnumSet.copyOf(counted))
        .forEach(domain -> figures.addDisabledMetricsCategory(domain.toCategory()));
    return Vertx.builder()
        .with(options.setMetricsOptions(figures))
        .withMetrics(new MicrometerMetricsFactory(new CompositeMeterRegistry()));
  }

  /** Makes what is counted a part of a service's figures; nothing where no Vert.x counts. */
  static void addTo(MeterRegistry service) {
    if (BackendRegistries.getNow(REGISTRY) instanceof CompositeMeterRegistry counted) {
      counted.add(service);
    }
  }
}
