package toystore.primarybackup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static toystore.primarybackup.ScriptedReplica.E1;
import static toystore.primarybackup.ScriptedReplica.E2;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import toystore.replication.DurableState;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.OlderEntries;

class ReplicaStateTest {
  private final ReplicaState state = new ReplicaState(
      1,
      List.of(1, 2, 3),
      new DurableState(List.of(Entry.noOp(1, E1)), new Promise(E1, 1), 1, 1, false),
      OlderEntries.NONE,
      ScriptedReplica.OPTIONS);

  @BeforeEach
  void appendTwoMore() {
    state.append(Entry.noOp(2, E1));
    state.append(Entry.noOp(3, E1));
    state.takeEffects();
  }

  private void replaceBothByOne() {
    state.promise(new Promise(E2, 2));
    state.adopt(List.of(Entry.noOp(2, E2)));
    state.takeEffects();
  }

  @Test
  void entriesAreDurableWhenTheirWriteIs() {
    assertEquals(1, state.durableIndex());

    state.persisted(1);

    assertEquals(3, state.durableIndex());
  }

  @Test
  void whatReplacesDurableEntriesIsNotDurableBeforeItsOwnWrite() {
    state.persisted(1);

    replaceBothByOne();
    assertEquals(1, state.durableIndex());

    state.persisted(2);
    assertEquals(2, state.durableIndex());
  }

  @Test
  void anEarlierWriteDoesNotMakeDurableWhatReplacesItsEntries() {
    replaceBothByOne();

    state.persisted(1);

    assertEquals(1, state.durableIndex());
  }

  @Test
  void aPromiseNeverFalls() {
    assertThrows(IllegalStateException.class, () -> state.promise(new Promise(E1 - 1, 2)));
  }

  @Test
  void noEntryIsBeyondThePromise() {
    assertThrows(IllegalStateException.class, () -> state.append(Entry.noOp(4, E2)));
  }

  @Test
  void aStepWithoutAChangeWritesNothing() {
    state.promise(new Promise(E1, 1));

    assertEquals(true, state.takeEffects().toPersist().isEmpty());
  }
}
