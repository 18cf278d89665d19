package toystore.replication;

/**
 * Times and limits of {@link PrimaryBackupCore}.
 *
 * @param heartbeatTicks ticks between appends to an idle follower
 * @param retryTicks ticks after which an unanswered request counts as lost
 * @param quorumTicks ticks within which a majority must have answered a leader, for it to be
 *     quorate
 * @param maxEntries most entries in one message
 */
public record PrimaryBackupOptions(
    int heartbeatTicks, int retryTicks, int quorumTicks, int maxEntries) {

  public static final PrimaryBackupOptions DEFAULTS = new PrimaryBackupOptions(3, 10, 15, 512);

  public PrimaryBackupOptions {
    atLeastOne("heartbeatTicks", heartbeatTicks);
    atLeastOne("retryTicks", retryTicks);
    atLeastOne("quorumTicks", quorumTicks);
    atLeastOne("maxEntries", maxEntries);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + "=" + value);
    }
  }
}
