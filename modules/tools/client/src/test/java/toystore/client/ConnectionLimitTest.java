package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ConnectionLimitTest {
  @Test
  void tooFewOpenFilesAreToldWithTheRemedy() {
    assertEquals("", ConnectionLimit.shortage(850, 1000));
    assertTrue(ConnectionLimit.shortage(851, 1000).contains("ulimit -n 1001"));
  }
}
