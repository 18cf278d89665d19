package toystore.client;

import java.time.Duration;
import java.util.List;
import toystore.api.StoreAddress;

/**
 * Everything that a load is made of. Checked when it is read from options, see {@link LoadOptions}.
 *
 * @param clients simulated clients, each with one request at a time
 * @param loops event loops, which share the clients
 * @param timeout of each request
 * @param retryFor how long requests whose outcome is unknown are repeated, from the first sending
 * @param verify whether each order is looked up at the end
 * @param checks what must hold for exit status 0
 */
public record LoadSettings(
    StoreAddress store,
    int clients,
    int loops,
    LoadMix mix,
    LoadPace pace,
    Duration timeout,
    Duration retryFor,
    boolean verify,
    List<Check> checks) {
  /** How many timeouts a request is repeated for, unless told otherwise. */
  static final int RETRY_TIMEOUTS = 3;

  public LoadSettings {
    checks = List.copyOf(checks);
  }

  /**
   * A closed loop for programs: one event loop, each purchase of one unit of any toy, every order
   * looked up at the end.
   *
   * @param load how long iterations are started
   * @param warmUp the same before the load that counts
   */
  public static LoadSettings closedLoop(
      StoreAddress store,
      int clients,
      double probability,
      Duration warmUp,
      Duration load,
      long seed,
      Duration timeout) {
    return new LoadSettings(
        store,
        clients,
        1,
        new LoadMix(LoadMode.SHOP, probability, 1, List.of(), seed),
        new LoadPace(LoadLimit.of(load), LoadLimit.of(warmUp), 0, Duration.ZERO),
        timeout,
        timeout.multipliedBy(RETRY_TIMEOUTS),
        true,
        List.of());
  }

  boolean isOpenLoop() {
    return pace.isOpenLoop();
  }

  /** This loop's schedule of so much load. */
  Schedule schedule(LoadLimit load, int loop) {
    if (!isOpenLoop()) {
      return new Schedule.Closed(
          load.iterations(), load.durationNs(), pace.think().toNanos());
    }
    long iterations = load.limitsIterations() ? load.iterations() * clients : Schedule.UNLIMITED;
    return new Schedule.Open(
        pace.ratePerSecond(), loop, loops, iterations, load.durationNs(), timeout.toNanos());
  }
}
