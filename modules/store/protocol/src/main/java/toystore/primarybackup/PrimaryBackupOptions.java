package toystore.primarybackup;

/**
 * Times and limits of {@link PrimaryBackupCore}.
 *
 * @param heartbeatTicks ticks between appends to an idle follower
 * @param retryTicks ticks after which an unanswered request counts as lost
 * @param quorumTicks ticks within which a majority must have answered a leader, for it to be
 *     quorate
 * @param maxEntries most entries in one message
 * @param stuckTicks ticks without the end of a write after which a disk counts as stuck, if it is
 *     quick as a rule; ten times as many for any
 * @param keptEntries how many entries of the log stay in memory at least; up to twice as many do
 */
public record PrimaryBackupOptions(
    int heartbeatTicks,
    int retryTicks,
    int quorumTicks,
    int maxEntries,
    int stuckTicks,
    int keptEntries) {

  public static final PrimaryBackupOptions DEFAULTS =
      new PrimaryBackupOptions(3, 10, 15, 2_000, 30, 16_384);

  public PrimaryBackupOptions {
    atLeastOne("heartbeatTicks", heartbeatTicks);
    atLeastOne("retryTicks", retryTicks);
    atLeastOne("quorumTicks", quorumTicks);
    atLeastOne("maxEntries", maxEntries);
    atLeastOne("stuckTicks", stuckTicks);
    atLeastOne("keptEntries", keptEntries);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + "=" + value);
    }
  }
}
