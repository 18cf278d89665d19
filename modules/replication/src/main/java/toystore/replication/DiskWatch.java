package toystore.replication;

/**
 * Whether a disk is stuck: writes have been under way, and none has ended, for longer than a slow
 * one takes. How long that is comes from the slowest write of late, within bounds, so that a machine
 * on which every write is slow has no stuck disks. Pure; time is ticks of the process that writes.
 */
public final class DiskWatch {
  /** So many times the slowest write of late is waited for. */
  private static final int TIMES_SLOWEST = 4;
  /** After so many ticks, this part of the slowest write is forgotten. */
  private static final int FORGETTING_TICKS = 10;

  private static final int FORGOTTEN_PART = 8;

  private final int usualTicks;
  private final int mostTicks;
  private int stalledTicks;
  private int slowestTicks;
  private int ticks;

  /**
   * @param usualTicks after which a disk is stuck that is quick as a rule
   * @param mostTicks after which any is
   */
  public DiskWatch(int usualTicks, int mostTicks) {
    this.usualTicks = usualTicks;
    this.mostTicks = mostTicks;
  }

  /** Time goes on. */
  public void tick(boolean writing) {
    stalledTicks = writing ? stalledTicks + 1 : 0;
    if (++ticks % FORGETTING_TICKS == 0 && stalledTicks < FORGETTING_TICKS) {
      slowestTicks -= slowestTicks / FORGOTTEN_PART;
    }
  }

  /** A write has ended. */
  public void wrote() {
    slowestTicks = Math.max(slowestTicks, stalledTicks);
    stalledTicks = 0;
  }

  public boolean isStuck() {
    int limit = Math.max(usualTicks, TIMES_SLOWEST * slowestTicks);
    return stalledTicks >= Math.min(limit, mostTicks);
  }
}
