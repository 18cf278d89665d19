package toystore.replication;

/**
 * Whether a disk is stuck: writes have been under way, and none has ended, for longer than a slow
 * one takes. How long that is comes from the slowest write of late, within bounds, so that a
 * machine on which every write is slow has no stuck disks. Pure; time is ticks of the process that
 * writes.
 */
public final class DiskWatch {
  private static final int FORGETTING_TICKS = 10;

  private final Slowness slowness;
  private int stalledTicks;
  private int ticks;

  /**
   * @param usualTicks after which a disk is stuck that is quick as a rule
   * @param mostTicks after which any is
   */
  public DiskWatch(int usualTicks, int mostTicks) {
    this.slowness = new Slowness(usualTicks, mostTicks);
  }

  /** Time goes on. */
  public void tick(boolean writing) {
    stalledTicks = writing ? stalledTicks + 1 : 0;
    if (++ticks % FORGETTING_TICKS == 0 && stalledTicks < FORGETTING_TICKS) {
      slowness.forget();
    }
  }

  /** A write has ended. */
  public void wrote() {
    slowness.took(stalledTicks);
    stalledTicks = 0;
  }

  public boolean isStuck() {
    return stalledTicks >= slowness.patience();
  }
}
