package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreAddressTest {
  @Test
  void aUrlHasHostPortAndScheme() {
    assertEquals(
        new StoreAddress("shop", 8080, false, ""), StoreAddress.parse("http://shop:8080", ""));
    assertEquals(
        new StoreAddress("shop", 443, true, "ca.pem"),
        StoreAddress.parse("https://shop/", "ca.pem"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop:8080",
        "ftp://shop",
        "http://",
        "http://shop/api",
        "http://shop?x=1",
        "http://a b"
      })
  void anythingElseIsRefused(String url) {
    assertThrows(IllegalArgumentException.class, () -> StoreAddress.parse(url, ""));
  }

  @Test
  void tooFewOpenFilesAreToldWithTheRemedy() {
    assertEquals("", OpenFiles.shortage(850, 1000));
    assertTrue(OpenFiles.shortage(851, 1000).contains("ulimit -n 1001"));
  }
}
