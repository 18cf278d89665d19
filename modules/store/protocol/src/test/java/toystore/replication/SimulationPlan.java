package toystore.replication;

/**
 * How rough a simulated life is.
 *
 * @param members number of replicas
 * @param roughMs virtual time with faults; then all is healed and must converge
 * @param lossPercent messages that vanish
 * @param duplicatePercent messages that arrive twice
 * @param faultEveryMs mean time between crashes, cuts, pauses, appointments
 * @param wipes files get lost too, one at a time
 */
public record SimulationPlan(
    int members,
    long roughMs,
    int lossPercent,
    int duplicatePercent,
    int faultEveryMs,
    boolean wipes) {

  public static SimulationPlan rough(int members) {
    return new SimulationPlan(members, 1500, 5, 5, 25, false);
  }

  public SimulationPlan withWipes() {
    return new SimulationPlan(members, roughMs, lossPercent, duplicatePercent, faultEveryMs, true);
  }

  /** As many members, but a life of its own: calm or wild, short or long. */
  public SimulationPlan variedBy(long seed) {
    return new SimulationPlan(
        members,
        500 + seed * 7 % 2500,
        (int) (seed * 13 % 25),
        (int) (seed * 17 % 20),
        (int) (8 + seed * 5 % 70),
        wipes);
  }
}
