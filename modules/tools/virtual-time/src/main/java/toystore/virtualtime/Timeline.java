package toystore.virtualtime;

import java.util.Arrays;

/**
 * Virtual time, in milliseconds, and what happens in it. Events of one millisecond happen in the
 * order in which they were planned. A wheel with one slot a millisecond: planning and taking cost
 * the same however much is planned. Owned by one thread.
 */
public final class Timeline {
  /** What is further ahead is planned again when it is nearer. */
  private static final int SPAN_MS = 1 << 10;

  private final Runnable[][] slots = new Runnable[SPAN_MS][];
  private final int[] counts = new int[SPAN_MS];
  private int taken;
  private long now;
  private long events;

  /** Forgets everything, for another schedule. */
  public void reset() {
    for (int slot = 0; slot < SPAN_MS; slot++) {
      if (counts[slot] > 0) {
        Arrays.fill(slots[slot], 0, counts[slot], null);
        counts[slot] = 0;
      }
    }
    taken = 0;
    now = 0;
    events = 0;
  }

  public long now() {
    return now;
  }

  /** How much has happened. */
  public long events() {
    return events;
  }

  /** Plans an event, after those that are planned for that moment already. */
  public void after(long delayMs, Runnable event) {
    if (delayMs < 0) {
      throw new IllegalArgumentException("delayMs=" + delayMs);
    }
    if (delayMs >= SPAN_MS) {
      int partMs = SPAN_MS / 2;
      after(partMs, () -> after(delayMs - partMs, event));
      return;
    }
    int slot = (int) (now + delayMs) & SPAN_MS - 1;
    Runnable[] planned = slots[slot];
    if (planned == null) {
      planned = new Runnable[8];
      slots[slot] = planned;
    } else if (counts[slot] == planned.length) {
      planned = Arrays.copyOf(planned, 2 * planned.length);
      slots[slot] = planned;
    }
    planned[counts[slot]++] = event;
  }

  /** Lets everything happen up to this moment, that included. */
  public void runUntil(long end) {
    while (true) {
      int slot = (int) now & SPAN_MS - 1;
      while (taken < counts[slot]) {
        Runnable event = slots[slot][taken];
        slots[slot][taken++] = null;
        events++;
        event.run();
      }
      if (now >= end) {
        return;
      }
      counts[slot] = 0;
      taken = 0;
      now++;
    }
  }
}
