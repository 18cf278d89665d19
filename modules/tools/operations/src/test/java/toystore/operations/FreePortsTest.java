package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  private static final int PORTS_OF_EACH = 1_000;

  @Test
  void storesThatStartAtTheSameTimeGetPortsOfTheirOwn() {
    FreePorts first = new FreePorts();
    FreePorts second = new FreePorts();
    Set<Integer> ports = new HashSet<>();

    for (int i = 0; i < PORTS_OF_EACH; i++) {
      ports.add(first.getAsInt());
      ports.add(second.getAsInt());
    }

    assertEquals(2 * PORTS_OF_EACH, ports.size());
  }
}
