package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AbsenceNoticeTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final List<Duration> announced = new CopyOnWriteArrayList<>();

  @Test
  void anAbsenceIsAnnouncedAgainUntilItEnds() throws InterruptedException {
    CountDownLatch thrice = new CountDownLatch(3);
    AbsenceNotice notice = new AbsenceNotice(MINUTE, Duration.ofMillis(1), within -> {
      announced.add(within);
      thrice.countDown();
    });

    thrice.await();
    notice.close();

    assertEquals(Duration.ZERO, announced.get(announced.size() - 1));
    assertTrue(announced.subList(0, announced.size() - 1).stream().allMatch(MINUTE::equals));
  }

  @Test
  void aShortOneIsAnnouncedOnceAndThenTakenBack() {
    new AbsenceNotice(MINUTE, MINUTE, announced::add).close();

    assertEquals(List.of(MINUTE, Duration.ZERO), announced);
  }
}
