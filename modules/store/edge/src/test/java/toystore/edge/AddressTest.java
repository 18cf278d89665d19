package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop:80",
        "my_shop.example:8080",
        "127.0.0.1:1",
        "[::1]:65535",
        "[2001:db8::a]:80",
        "[::ffff:10.0.0.1]:80",
        "[fe80::1%eth0]:80"
      })
  void whatIsReadIsWrittenTheSame(String text) {
    assertEquals(text, Address.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop",
        "shop:",
        ":80",
        "shop:0",
        "shop:65536",
        "shop:+80",
        "shop:\u06f1",
        "::1:80",
        "::1",
        "[::1]",
        "[]:80",
        "[shop]:80",
        "[127.0.0.1]:80",
        "[::g]:80",
        "[:::1]:80",
        "[1:2]:80",
        "[[::1]]:80",
        "[::1:80",
        "::1]:80",
        "a b:80",
        "a/b:80",
        "me@shop:80",
        "b\u00fccher:80"
      })
  void anythingElseIsNoAddress(String text) {
    assertThrows(IllegalArgumentException.class, () -> Address.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "shop, shop, shop",
    "my_shop, my_shop, my_shop",
    "10.0.0.1, 10.0.0.1, 10.0.0.1",
    "::1, ::1, [::1]",
    "[::1], ::1, [::1]"
  })
  void aHostMayBeWrittenWithBracketsOrWithout(String text, String bare, String inUrl) {
    assertEquals(bare, Address.host(text));
    assertEquals(inUrl, new Address(bare, 80).urlHost());
  }

  @Test
  void aPortMayBeLeftOutWhereOneIsKnown() {
    assertEquals(new Address("shop", 80), Address.parse("shop", 80));
    assertEquals(new Address("::1", 80), Address.parse("[::1]", 80));
    assertEquals(new Address("::1", 81), Address.parse("[::1]:81", 80));
    assertThrows(IllegalArgumentException.class, () -> Address.parse("::1", 80));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 127.0.0.1",
    "::, ::1",
    "[::], ::1",
    "0:0:0:0:0:0:0:0, ::1",
    "::2, ::2",
    "10.0.0.1, 10.0.0.1",
    "shop, shop"
  })
  void whoListensOnAllInterfacesIsCalledOnThisMachine(String listens, String called) {
    assertEquals(called, Address.ofListener(listens, 80).host());
  }
}
