package toystore.client;

/**
 * When the iterations of one event loop start. Pure: time is an argument, in nanoseconds since the
 * load began.
 *
 * <p>Closed loop: a client starts its next iteration when the last one has ended. While the store
 * stalls nothing is sent, so the stall is one slow answer per client, however long it was
 * (coordinated omission).
 *
 * <p>Open loop: iterations have a start of their own, one each 1/rate seconds. A free client takes
 * the next and waits for its time; if all clients are busy it starts late, and its latency counts
 * from when it should have started. So a stall shows in every iteration that it held up.
 */
interface Schedule {
  /** No more iterations for this client. */
  long NEVER = -1;

  /** No limit. */
  long UNLIMITED = Long.MAX_VALUE;

  /**
   * Takes the next iteration.
   *
   * @param done iterations that this client has ended
   * @return its intended start, which may lie in the past or the future, or {@link #NEVER}
   */
  long next(long done, long nowNs);

  /** Whether each iteration has a start of its own. */
  boolean isOpen();

  /** Iterations that are due by the plan and were given up, because the store was too slow. */
  long givenUp();

  /** A client's next iteration follows its last. */
  final class Closed implements Schedule {
    private final long iterations;
    private final long durationNs;
    private final long thinkNs;

    /**
     * @param iterations of each client, or UNLIMITED
     * @param durationNs no iteration starts after it, or UNLIMITED
     * @param thinkNs pause between the end of an iteration and the next
     */
    Closed(long iterations, long durationNs, long thinkNs) {
      this.iterations = iterations;
      this.durationNs = durationNs;
      this.thinkNs = thinkNs;
    }

    @Override
    public long next(long done, long nowNs) {
      long startNs = done == 0 ? nowNs : nowNs + thinkNs;
      return done < iterations && startNs < durationNs ? startNs : NEVER;
    }

    @Override
    public boolean isOpen() {
      return false;
    }

    @Override
    public long givenUp() {
      return 0;
    }
  }

  /** Iterations come at a constant rate. Owned by one event loop. */
  final class Open implements Schedule {
    private final double intervalNs;
    private final long durationNs;
    private final long graceNs;
    private final long last;
    private final int stride;
    private long index;
    private long givenUp;

    /**
     * @param ratePerSecond of all loops together
     * @param loop of this schedule, from 0; loops share the iterations in turn
     * @param iterations of all loops together, or UNLIMITED
     * @param durationNs no iteration is due after it, or UNLIMITED
     * @param graceNs how long after that overdue iterations are still started
     */
    Open(
        double ratePerSecond, int loop, int loops, long iterations, long durationNs, long graceNs) {
      this.intervalNs = 1e9 / ratePerSecond;
      this.durationNs = durationNs;
      this.graceNs = graceNs;
      this.last = Math.min(iterations, dueBy(durationNs));
      this.stride = loops;
      this.index = loop;
    }

    @Override
    public long next(long done, long nowNs) {
      if (index >= last) {
        return NEVER;
      }
      if (durationNs != UNLIMITED && nowNs >= durationNs + graceNs) {
        givenUp += (last - index + stride - 1) / stride;
        index = last;
        return NEVER;
      }
      long startNs = startOf(index);
      index += stride;
      return startNs;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public long givenUp() {
      return givenUp;
    }

    private long startOf(long iteration) {
      return (long) (iteration * intervalNs);
    }

    private long dueBy(long timeNs) {
      return timeNs == UNLIMITED ? UNLIMITED : (long) Math.ceil(timeNs / intervalNs);
    }
  }
}
