package toystore.replication;

/**
 * How slow something has been of late, so that slow is told from dead: the slowest of its answers,
 * forgotten little by little. Four times that is waited for before it counts as gone. (Chen, Toueg
 * and Aguilera, 2002, and Hayashibara and others, 2004, derive the limit from the answers seen,
 * too; theirs needs their distribution, and this one only the worst.) Pure; in whatever unit its
 * owner measures.
 */
public final class Slowness {
  private static final int TIMES_SLOWEST = 4;
  private static final int FORGOTTEN_PART = 8;

  private final long usual;
  private final long most;
  private long slowest;

  /**
   * @param usual patience with what is quick
   * @param most however slow it is
   */
  public Slowness(long usual, long most) {
    this.usual = usual;
    this.most = most;
  }

  /** It answered, after so long. What took longer than can be waited for is forgotten as soon. */
  public void took(long time) {
    slowest = Math.max(slowest, Math.min(time, most / TIMES_SLOWEST));
  }

  /** To be called at even intervals while it is well; after some twenty nothing is left. */
  public void forget() {
    slowest -= slowest / FORGOTTEN_PART;
  }

  /** How long to wait for it. */
  public long patience() {
    return Math.min(Math.max(usual, TIMES_SLOWEST * slowest), most);
  }
}
