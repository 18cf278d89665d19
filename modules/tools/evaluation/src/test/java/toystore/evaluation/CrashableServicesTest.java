package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.api.LeaderName;

class CrashableServicesTest {
  @Test
  void replicasAreKilledWhereTheStoreHasNoDesks() {
    CrashableServices found = CrashableServices.of(new LeaderName("2", "1.1"));

    assertEquals("order-2", found.leader());
    assertEquals(List.of("order-1", "order-3"), found.others());
    assertFalse(found.areDesks());
  }

  @Test
  void desksAreKilledWhereTheStatusNamesThem() {
    CrashableServices found =
        CrashableServices.of(new LeaderName("1", "4.0", List.of("desk-2", "desk-1")));

    assertEquals("desk-1", found.leader());
    assertEquals(List.of("desk-2"), found.others());
    assertTrue(found.areDesks());
  }
}
