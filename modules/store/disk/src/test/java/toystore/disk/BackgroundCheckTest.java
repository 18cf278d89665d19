package toystore.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BackgroundCheckTest {
  private static final Rhythm EVERY_HOUR = new Rhythm(30_000, new Pace(2), 3_600_000);

  private final List<Runnable> tasks = new ArrayList<>();
  private final List<Long> delays = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();

  /** Work of three pieces, again and again. */
  private final class ThreePieces implements BackgroundCheck.Work {
    private int read;

    @Override
    public boolean readNext() {
      return ++read % 3 != 0;
    }
  }

  private void begin(BackgroundCheck.Work work, Rhythm rhythm) {
    new BackgroundCheck(
        work,
        rhythm,
        failures::add,
        (task, delayMs) -> {
          tasks.add(task);
          delays.add(delayMs);
        },
        () -> {});
  }

  private void run(int most) {
    for (int i = 0; i < most && !tasks.isEmpty(); i++) {
      tasks.remove(0).run();
    }
  }

  @Test
  void allIsReadAndAgainLater() {
    ThreePieces work = new ThreePieces();
    begin(work, EVERY_HOUR);

    run(4);

    assertEquals(4, work.read);
    assertEquals(30_000, delays.get(0));
    assertTrue(delays.get(1) < 3_600_000 && delays.get(2) < 3_600_000, delays.toString());
    assertEquals(3_600_000, delays.get(3));
    assertEquals(1, tasks.size());
  }

  @Test
  void whatIsReadOnceIsReadNoMore() {
    ThreePieces work = new ThreePieces();
    begin(work, Rhythm.once(5, new Pace(2)));

    run(10);

    assertEquals(3, work.read);
    assertEquals(List.of(), failures);
  }

  @Test
  void whereNothingIsToBeReadNothingIsDone() {
    begin(new ThreePieces(), Rhythm.NOTHING);

    assertEquals(List.of(), tasks);
  }

  @Test
  void whatCannotBeReadEndsItAndIsTold() {
    DataFolderException unreadable = new DataFolderException("no");
    begin(
        () -> {
          throw unreadable;
        },
        EVERY_HOUR);

    run(10);

    assertEquals(List.of(unreadable), failures);
    assertEquals(1, delays.size());
  }

  /** The owner of its files closes them next. */
  @Test
  void whoClosesItWaitsForWhatIsBeingRead() throws InterruptedException {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean read = new AtomicBoolean();
    BackgroundCheck check = BackgroundCheck.start(
        "test-check",
        () -> {
          reading.countDown();
          await(goOn);
          read.set(true);
          return true;
        },
        new Rhythm(0, new Pace(100), 0),
        failures::add);
    await(reading);
    Thread closing = new Thread(check::close);
    closing.start();
    while (closing.isAlive() && closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertTrue(closing.isAlive() && !read.get());

    goOn.countDown();
    closing.join();

    assertTrue(read.get());
    assertEquals(List.of(), failures);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(Patience.SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
