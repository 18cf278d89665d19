package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import toystore.operations.ProcessId.Condition;
import toystore.operations.ProcessId.Stat;

class ProcessIdTest {
  private final ProcessId self = ProcessId.of(ProcessHandle.current().pid()).orElseThrow();

  @Test
  void aProcessIsKnownByPidAndStart() {
    assertEquals(Condition.RUNNING, self.condition());
    assertTrue(new ProcessId(self.pid(), self.startTicks() + 1, self.boot()).isGone());
    assertTrue(new ProcessId(self.pid(), self.startTicks(), "another boot").isGone());
    assertFalse(self.isGone());
  }

  @Test
  void aPidThatNobodyHasIsGone() {
    assertTrue(ProcessId.of(Integer.MAX_VALUE).isEmpty());
  }

  @Test
  void aProcessMayBeNamedLikeFields() {
    Stat stat =
        Stat.parse("42 (evil) Z 1 (x) T 1 42 42 0 -1 4194560 1 0 0 0 7 3 0 0 20 0 9 0 98765 1 2");

    assertEquals(98765, stat.startTicks());
    assertEquals(Condition.STOPPED, stat.condition());
  }

  @Test
  void aProcessThatOnlyItsParentRemembersIsGone() {
    assertEquals(Condition.GONE, new Stat('Z', 1).condition());
    assertEquals(Condition.RUNNING, new Stat('D', 1).condition());
  }
}
