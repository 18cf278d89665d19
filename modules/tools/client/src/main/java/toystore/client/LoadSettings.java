package toystore.client;

import java.time.Duration;
import java.util.List;
import toystore.api.StoreAddress;

/**
 * Everything that a load is made of. Checked when it is read from options, see {@link LoadOptions}.
 *
 * @param clients simulated clients, each with one request at a time
 * @param probability 0 to 1: how often a client buys what it found in stock
 * @param quantity units of each purchase
 * @param toys names to choose from; empty: all that the store has
 * @param ratePerSecond iterations of all clients together; 0: closed loop
 * @param think pause of a client between iterations, closed loop only
 * @param warmUp load before the one that counts
 * @param timeout of each request
 * @param retryFor how long requests whose outcome is unknown are repeated, from the first sending
 * @param loops event loops
 * @param verify whether each order is looked up at the end
 * @param checks what must hold for exit status 0
 */
public record LoadSettings(
    StoreAddress store,
    int clients,
    LoadLimit budget,
    double probability,
    int quantity,
    List<String> toys,
    double ratePerSecond,
    Duration think,
    LoadLimit warmUp,
    long seed,
    Duration timeout,
    Duration retryFor,
    int loops,
    boolean verify,
    List<Check> checks) {
  /** How many timeouts a request is repeated for, unless told otherwise. */
  static final int RETRY_TIMEOUTS = 3;

  public LoadSettings {
    toys = List.copyOf(toys);
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
        new LoadLimit(Schedule.UNLIMITED, load.toNanos()),
        probability,
        1,
        List.of(),
        0,
        Duration.ZERO,
        new LoadLimit(Schedule.UNLIMITED, warmUp.toNanos()),
        seed,
        timeout,
        timeout.multipliedBy(RETRY_TIMEOUTS),
        1,
        true,
        List.of());
  }

  boolean isOpenLoop() {
    return ratePerSecond > 0;
  }

  /** This loop's schedule of so much load. */
  Schedule schedule(LoadLimit load, int loop) {
    if (!isOpenLoop()) {
      return new Schedule.Closed(load.iterations(), load.durationNs(), think.toNanos());
    }
    long iterations = load.limitsIterations() ? load.iterations() * clients : Schedule.UNLIMITED;
    return new Schedule.Open(
        ratePerSecond, loop, loops, iterations, load.durationNs(), timeout.toNanos());
  }
}
