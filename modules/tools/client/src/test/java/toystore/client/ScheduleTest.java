package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.client.Schedule.NEVER;
import static toystore.client.Schedule.UNLIMITED;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long MS = 1_000_000;
  private static final long S = 1000 * MS;

  @Test
  void aClosedLoopGivesEachClientItsIterations() {
    Schedule schedule = new Schedule.Closed(2, UNLIMITED, 0);

    assertEquals(5, schedule.next(0, 5));
    assertEquals(9, schedule.next(1, 9));
    assertEquals(NEVER, schedule.next(2, 12));
    assertEquals(5, schedule.next(0, 5), "another client has its own");
  }

  @Test
  void aClosedLoopEndsWithItsDuration() {
    Schedule schedule = new Schedule.Closed(UNLIMITED, S, 0);

    assertEquals(S - 1, schedule.next(1000, S - 1));
    assertEquals(NEVER, schedule.next(1000, S));
  }

  @Test
  void aClosedLoopsClientThinksBetweenIterationsOnly() {
    Schedule schedule = new Schedule.Closed(UNLIMITED, S, 10 * MS);

    assertEquals(5, schedule.next(0, 5));
    assertEquals(5 + 10 * MS, schedule.next(1, 5));
    assertEquals(NEVER, schedule.next(1, S - MS), "not started after the end");
  }

  @Test
  void anOpenLoopStartsAtAConstantRateHoweverLateItIs() {
    Schedule schedule = new Schedule.Open(1000, 0, 1, UNLIMITED, UNLIMITED, 0);

    assertEquals(0, schedule.next(0, 0));
    assertEquals(MS, schedule.next(1, 0));
    assertEquals(2 * MS, schedule.next(2, 700 * MS), "in the past: it is overdue");
  }

  @Test
  void anOpenLoopEndsWithItsIterationsOrItsDuration() {
    Schedule two = new Schedule.Open(1000, 0, 1, 2, UNLIMITED, 0);
    two.next(0, 0);
    two.next(0, 0);
    Schedule three = new Schedule.Open(1000, 0, 1, UNLIMITED, 3 * MS, 0);
    three.next(0, 0);
    three.next(0, 0);

    assertEquals(NEVER, two.next(0, 0));
    assertEquals(2 * MS, three.next(0, 0));
    assertEquals(NEVER, three.next(0, 0), "the one at 3 ms is not within 3 ms");
    assertEquals(0, three.givenUp());
  }

  @Test
  void loopsShareAnOpenLoopsIterations() {
    Schedule first = new Schedule.Open(1000, 0, 2, 5, UNLIMITED, 0);
    Schedule second = new Schedule.Open(1000, 1, 2, 5, UNLIMITED, 0);

    assertEquals(0, first.next(0, 0));
    assertEquals(MS, second.next(0, 0));
    assertEquals(2 * MS, first.next(0, 0));
    assertEquals(3 * MS, second.next(0, 0));
    assertEquals(4 * MS, first.next(0, 0));
    assertEquals(NEVER, second.next(0, 0));
    assertEquals(NEVER, first.next(0, 0));
  }

  @Test
  void overdueIterationsAreStartedWithinTheGraceThenGivenUp() {
    Schedule schedule = new Schedule.Open(1000, 0, 1, UNLIMITED, 10 * MS, 5 * MS);
    schedule.next(0, 0);

    assertEquals(MS, schedule.next(0, 15 * MS - 1));
    assertEquals(NEVER, schedule.next(0, 15 * MS));
    assertEquals(8, schedule.givenUp());
    assertEquals(NEVER, schedule.next(0, 16 * MS));
    assertEquals(8, schedule.givenUp(), "counted once");
  }

  @Test
  void aStallIsInTheOpenLoopsPercentilesAndNotInTheClosedOnes() {
    Histogram closed = withStall(new Schedule.Closed(UNLIMITED, 10 * S, 9 * MS), 4);
    Histogram open = withStall(new Schedule.Open(400, 0, 1, UNLIMITED, 10 * S, UNLIMITED / 2), 4);

    assertTrue(
        closed.getValueAtPercentile(99) < 2 * MS, () -> "" + closed.getValueAtPercentile(99));
    assertTrue(open.getValueAtPercentile(99) > 800 * MS, () -> "" + open.getValueAtPercentile(99));
    assertEquals(closed.getMaxValue(), open.getMaxValue(), 20 * MS, "the same stall");
  }

  /** A store that takes a millisecond, but stalls from second 5 to second 6; virtual time. */
  private static Histogram withStall(Schedule schedule, int clients) {
    record Turn(long done, long freeNs) {}
    Histogram latencies = new Histogram(3);
    PriorityQueue<Turn> free = new PriorityQueue<>(Comparator.comparingLong(Turn::freeNs));
    for (int i = 0; i < clients; i++) {
      free.add(new Turn(0, 0));
    }
    while (!free.isEmpty()) {
      Turn turn = free.poll();
      long dueNs = schedule.next(turn.done(), turn.freeNs());
      if (dueNs != NEVER) {
        long sentNs = Math.max(dueNs, turn.freeNs());
        boolean stalls = sentNs >= 5 * S && sentNs < 6 * S;
        long answeredNs = (stalls ? 6 * S : sentNs) + MS;
        latencies.recordValue(answeredNs - dueNs);
        free.add(new Turn(turn.done() + 1, answeredNs));
      }
    }
    return latencies;
  }
}
