package toystore.client;

import java.time.Duration;

/**
 * How much clients do, and how fast.
 *
 * @param limit of the load that counts
 * @param warmUp load before it
 * @param ratePerSecond iterations of all clients together; 0: closed loop
 * @param think pause of a client between iterations, closed loop only
 */
record LoadPace(LoadLimit limit, LoadLimit warmUp, double ratePerSecond, Duration think) {
  boolean isOpenLoop() {
    return ratePerSecond > 0;
  }
}
