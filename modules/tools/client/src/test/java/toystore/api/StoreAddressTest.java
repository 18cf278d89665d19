package toystore.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.edge.Address;

class StoreAddressTest {
  @Test
  void aUrlHasHostPortAndScheme() {
    assertEquals(
        new StoreAddress(new Address("shop", 8080), false, ""),
        StoreAddress.parse("http://shop:8080", ""));
    assertEquals(
        new StoreAddress(new Address("shop", 443), true, "ca.pem"),
        StoreAddress.parse("https://shop/", "ca.pem"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://shop, http://shop:80",
    "HTTP://shop:8080/, http://shop:8080",
    "http://my_shop.example:8080, http://my_shop.example:8080",
    "http://127.0.0.1:8080, http://127.0.0.1:8080",
    "http://[::1]:8080, http://[::1]:8080",
    "http://[::1], http://[::1]:80",
    "https://[2001:db8::1]/, https://[2001:db8::1]:443"
  })
  void eachKindOfHostIsTaken(String url, String whole) {
    assertEquals(whole, StoreAddress.parse(url, "").url());
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
        "http://a b",
        "http://::1:8080",
        "http://[localhost]:8080",
        "http://[::1",
        "http://me@shop",
        "http://shop:0",
        "http://shop:65536",
        "http://shop:8080\nx"
      })
  void anythingElseIsRefused(String url) {
    assertThrows(IllegalArgumentException.class, () -> StoreAddress.parse(url, ""));
  }
}
