package toystore.client;

import java.time.Duration;
import java.util.List;

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
record LoadSettings(
    StoreAddress store,
    int clients,
    Budget budget,
    double probability,
    int quantity,
    List<String> toys,
    double ratePerSecond,
    Duration think,
    Budget warmUp,
    long seed,
    Duration timeout,
    Duration retryFor,
    int loops,
    boolean verify,
    List<Check> checks) {
  LoadSettings {
    toys = List.copyOf(toys);
    checks = List.copyOf(checks);
  }

  boolean isOpenLoop() {
    return ratePerSecond > 0;
  }

  /** This loop's schedule of so much load. */
  Schedule schedule(Budget load, int loop) {
    if (!isOpenLoop()) {
      return new Schedule.Closed(load.iterations(), load.durationNs(), think.toNanos());
    }
    long iterations = load.limitsIterations() ? load.iterations() * clients : Schedule.UNLIMITED;
    return new Schedule.Open(
        ratePerSecond, loop, loops, iterations, load.durationNs(), timeout.toNanos());
  }
}
