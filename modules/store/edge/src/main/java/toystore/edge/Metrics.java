package toystore.edge;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A service's figures, with those of its process among them. May be asked from any thread; what is
 * in it is made once and found again by its name.
 */
public final class Metrics {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double[] SIZE_BOUNDS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024};

  private final String service;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, RequestTimes> requests = new ConcurrentHashMap<>();
  private final LegFigures legs;
  private boolean hasProcess;

  private Metrics(String service) {
    this.service = service;
    registry.config().commonTags("service", service);
    VertxFigures.addTo(registry);
    legs = new LegFigures(service);
    registry.getPrometheusRegistry().register(legs);
  }

  public static Metrics ofService(String service) {
    return new Metrics(service);
  }

  public PrometheusMeterRegistry registry() {
    return registry;
  }

  /**
   * Adds the figures of the process, once. They are many classes of the JDK, for which a start has
   * no time and an event loop neither: so this is for the first who reads, and off the event loop.
   */
  synchronized void addProcess() {
    if (!hasProcess) {
      hasProcess = true;
      new JvmMemoryMetrics().bindTo(registry);
      new JvmThreadMetrics().bindTo(registry);
      new JvmGcMetrics().bindTo(registry);
      new ProcessorMetrics().bindTo(registry);
      new FileDescriptorMetrics().bindTo(registry);
      new UptimeMetrics().bindTo(registry);
    }
  }

  /** All figures as Prometheus reads them. */
  String scrape() {
    return registry.scrape();
  }

  /**
   * How long requests took, by route and status.
   *
   * @param name of the metric, with its unit, which is seconds
   */
  public RequestTimes requests(String name, String help) {
    return requests.computeIfAbsent(
        name, absent -> new RequestTimes(registry, name, help, service));
  }

  /** How long a leg of purchases took; the same one for the same leg. */
  public LegTimes leg(Leg leg) {
    return legs.leg(leg);
  }

  /** The same of a leg that leads to several services, to one of them. */
  public LegTimes leg(Leg leg, String to) {
    return legs.leg(leg, to);
  }

  /** A histogram of times; the same one for the same name. */
  public Timer times(String name) {
    return Timer.builder(name)
        .serviceLevelObjectives(Arrays.stream(TimeBounds.usual())
            .mapToObj(seconds -> Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND)))
            .toArray(Duration[]::new))
        .register(registry);
  }

  /** A histogram of how many go together, from one to a thousand. */
  public DistributionSummary sizes(String name) {
    return DistributionSummary.builder(name).serviceLevelObjectives(SIZE_BOUNDS).register(registry);
  }
}
