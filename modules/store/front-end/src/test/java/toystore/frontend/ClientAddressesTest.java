package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressesTest {
  private final ClientAddresses clients =
      new ClientAddresses(List.of("10.0.0.0/8", "192.0.2.7", "2001:db8::/32"));

  @Test
  void whoeverIsNoProxyOfOursIsTheClientWhateverHeSays() {
    assertEquals("203.0.113.9", clients.of("203.0.113.9", List.of("198.51.100.1")));
    assertEquals("192.0.2.8", clients.of("192.0.2.8", List.of("198.51.100.1")));
    assertEquals(
        "127.0.0.1", new ClientAddresses(List.of()).of("127.0.0.1", List.of("198.51.100.1")));
  }

  @Test
  void aProxyOfOursNamesTheClient() {
    assertEquals("198.51.100.1", clients.of("192.0.2.7", List.of("198.51.100.1")));
    assertEquals("198.51.100.1", clients.of("2001:db8:0:0:0:0:0:5", List.of("198.51.100.1")));
  }

  @Test
  void onlyWhatOurProxiesPutAtTheEndCounts() {
    assertEquals(
        "198.51.100.1", clients.of("10.1.2.3", List.of("1.1.1.1, 198.51.100.1 , 10.9.9.9")));
    assertEquals(
        "198.51.100.1", clients.of("10.1.2.3", List.of("1.1.1.1", "198.51.100.1", "10.9.9.9")));
  }

  @Test
  void aProxyThatNamesNobodyIsTheClient() {
    for (String forwarded : List.of("", "unknown", "toys.example", "1.1.1.1,", "1.1.1.1, _x")) {
      assertEquals("10.1.2.3", clients.of("10.1.2.3", List.of(forwarded)), forwarded);
    }
    assertEquals("10.1.2.3", clients.of("10.1.2.3", List.of()));
  }

  @Test
  void anAddressIsTheSameInEachOfItsForms() {
    assertEquals("2a00:0:0:1:0:0:0:2", clients.of("10.1.2.3", List.of("2A00::1:0:0:0:2")));
    assertEquals("198.51.100.1", clients.of("10.1.2.3", List.of("::ffff:198.51.100.1")));
  }

  @Test
  void aLongListEndsSomewhere() {
    String ours = "10.5.5.5,".repeat(2_000) + "10.5.5.5";

    assertEquals("10.5.5.5", clients.of("10.1.2.3", List.of("203.0.113.9," + ours)));
  }

  @Test
  void networksAreWrittenInDigits() {
    for (String good : List.of("10.0.0.0/8", "0.0.0.0/0", "192.0.2.7", "::1", "fd00::/8")) {
      assertTrue(ClientAddresses.isNetwork(good), good);
    }
    for (String bad : List.of(
        "",
        "*",
        "localhost",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0/8",
        "::/129",
        "10.0.0.0/8/8",
        "10.0.0.0/-1",
        "10.0.0.0/08")) {
      assertFalse(ClientAddresses.isNetwork(bad), bad);
    }
  }
}
