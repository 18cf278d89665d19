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
  private static final int[] TIME_BOUNDS_MS = {
    1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000
  };
  private static final double[] SIZE_BOUNDS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024};

  private final String service;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, RequestTimes> requests = new ConcurrentHashMap<>();
  private boolean hasProcess;

  private Metrics(String service) {
    this.service = service;
    registry.config().commonTags("service", service);
    VertxFigures.addTo(registry);
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

  /** A histogram of times, from a millisecond to ten seconds; the same one for the same name. */
  public Timer times(String name) {
    return Timer.builder(name)
        .serviceLevelObjectives(
            Arrays.stream(TIME_BOUNDS_MS).mapToObj(Duration::ofMillis).toArray(Duration[]::new))
        .register(registry);
  }

  /** A histogram of how many go together, from one to a thousand. */
  public DistributionSummary sizes(String name) {
    return DistributionSummary.builder(name).serviceLevelObjectives(SIZE_BOUNDS).register(registry);
  }
}
