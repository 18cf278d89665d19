package toystore.replication;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DiskWatchTest {
  private static final int USUAL = 30;
  private static final int MOST = 300;

  private final DiskWatch disk = new DiskWatch(USUAL, MOST);

  @Test
  void aWriteThatDoesNotEndMakesItStuckAndItsEndUnstuck() {
    writing(USUAL - 1);
    assertFalse(disk.isStuck());

    writing(1);
    assertTrue(disk.isStuck());

    disk.wrote();
    assertFalse(disk.isStuck());
  }

  @Test
  void manyWritesUnderWayAreNotStuckWhileOneEndsNowAndThen() {
    for (int i = 0; i < 100; i++) {
      writing(5);
      disk.wrote();
    }

    assertFalse(disk.isStuck());
  }

  @Test
  void whoHasNothingToWriteIsNotStuck() {
    for (int i = 0; i < 10 * MOST; i++) {
      disk.tick(false);
    }

    assertFalse(disk.isStuck());
  }

  @Test
  void aDiskThatIsSlowAsARuleIsGivenLonger() {
    slowWrites(20);

    writing(4 * 20 - 1);
    assertFalse(disk.isStuck());
    writing(1);
    assertTrue(disk.isStuck());
  }

  @Test
  void butNoneLongerThanTheMost() {
    slowWrites(200);

    writing(MOST - 1);
    assertFalse(disk.isStuck());
    writing(1);
    assertTrue(disk.isStuck());
  }

  @Test
  void slowWritesAreForgotten() {
    slowWrites(20);
    for (int i = 0; i < 200; i++) {
      writing(1);
      disk.wrote();
    }

    writing(USUAL + 2);

    assertTrue(disk.isStuck());
  }

  private void slowWrites(int ticks) {
    for (int i = 0; i < 5; i++) {
      writing(ticks);
      disk.wrote();
    }
  }

  private void writing(int ticks) {
    for (int i = 0; i < ticks; i++) {
      disk.tick(true);
    }
  }
}
