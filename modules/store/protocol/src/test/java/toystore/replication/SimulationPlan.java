package toystore.replication;

import toystore.virtualtime.Links.Weather;

/**
 * How rough a simulated life is.
 *
 * @param members number of replicas
 * @param roughMs virtual time with faults; then all is healed and must converge
 * @param weather how messages fare in this time
 * @param faultEveryMs mean time between crashes, cuts and pauses
 * @param wipes files get lost too, one at a time
 * @param stallMs most that a timer comes late, or that a write takes; 0 where machines are quick
 * @param handOver whether the highest id leads whenever it can, where an engine has that choice
 */
public record SimulationPlan(
    int members,
    long roughMs,
    Weather weather,
    int faultEveryMs,
    boolean wipes,
    int stallMs,
    boolean handOver) {
  private static final int LONG_MS = 250;
  /** Longer than a follower waits for its leader, and a leader for a majority. */
  private static final int STALL_MS = 400;

  public static SimulationPlan rough(int members) {
    return new SimulationPlan(members, 1500, new Weather(5, 7, 5, LONG_MS), 25, false, 0, false);
  }

  public SimulationPlan withWipes() {
    return new SimulationPlan(members, roughMs, weather, faultEveryMs, true, stallMs, handOver);
  }

  /** A plan like this one, on machines that stall: timers come late, and so do disks. */
  public SimulationPlan withStalls() {
    return new SimulationPlan(members, roughMs, weather, faultEveryMs, wipes, STALL_MS, handOver);
  }

  /** As many members, but a life of its own: calm or wild, short or long. */
  public SimulationPlan variedBy(long seed) {
    Weather other = new Weather(
        (int) (seed * 13 % 25), (int) (seed * 11 % 20), (int) (seed * 17 % 20), LONG_MS);
    return new SimulationPlan(
        members,
        500 + seed * 7 % 2500,
        other,
        (int) (8 + seed * 5 % 70),
        wipes,
        stallMs,
        seed % 2 == 0);
  }
}
