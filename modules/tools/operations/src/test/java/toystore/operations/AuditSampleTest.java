package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import toystore.model.ToyBooks;
import toystore.operations.AuditSample.ReplicaBooks;

/** When books belong together. */
class AuditSampleTest {
  @Test
  void aStoreWithoutOrdersIsAtRest() {
    assertTrue(sample(0, replica(0, -1), replica(0, -1)).looksAtRest());
  }

  @Test
  void whereAllAreLevelItIsAtRest() {
    assertTrue(sample(0, replica(3, 2), replica(3, 2)).looksAtRest());
  }

  @Test
  void whileAHoldIsOpenItIsNot() {
    assertFalse(sample(1, replica(3, 2), replica(3, 2)).looksAtRest());
  }

  @Test
  void whileAReplicaIsBehindItIsNot() {
    assertFalse(sample(0, replica(3, 2), replica(2, 1)).looksAtRest());
  }

  /** What a replica knows is in its log; a file that is written later is no order lost. */
  @Test
  void whileAFileIsBehindItsReplicaItIsNot() {
    assertFalse(sample(0, replica(3, 2), replica(3, 1)).looksAtRest());
  }

  private static AuditSample sample(long held, ReplicaBooks one, ReplicaBooks other) {
    ToyBooks tux = new ToyBooks("Tux", 100, 0, 97 - held, held, 3);
    return new AuditSample(List.of(tux), Map.of("order-1", one, "order-2", other));
  }

  private static ReplicaBooks replica(long orders, long newestInFile) {
    return new ReplicaBooks(orders, "aa", Map.of("Tux", orders), newestInFile);
  }
}
