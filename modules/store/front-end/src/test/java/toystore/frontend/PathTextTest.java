package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.model.StoreException;
import toystore.model.ToyName;

class PathTextTest {
  /** Whatever may be offered can be asked for, however a client encodes it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Tux",
        "Rubik's Cube",
        "a/b",
        "/",
        "100%",
        "%41",
        "%",
        "a+b",
        "a?b#c&d=e;f:g@h",
        "\"quoted\"",
        "back\\slash",
        "...",
        "\u0130\u0131",
        "\u06f1\u06f2",
        "e\u0301",
        "\u00e9",
        "\u05e9\u05dc\u05d5\u05dd",
        "\ud83e\uddf8",
        "\ud83d\udc69\u200d\ud83d\ude80",
        "<b>",
        "{}",
        "\u3053\u3093",
        "two  spaces",
        "~-_.!*'(),"
      })
  void whatMayBeOfferedCanBeAskedFor(String name) {
    assertEquals(Optional.empty(), ToyName.problem(name));

    String form = URLEncoder.encode(name, StandardCharsets.UTF_8);
    assertEquals(name, PathText.decode(form.replace("+", "%20")));
    StringBuilder bytes = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      bytes.append(String.format(Locale.ROOT, "%%%02x", b));
    }
    assertEquals(name, PathText.decode(bytes.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "%4",
        "%zz",
        "%\uff14\uff11",
        "%00",
        "a%00b",
        "%c3",
        "%ed%a0%bd",
        "%c0%af",
        "%ff"
      })
  void whatIsNoUtf8IsRefused(String segment) {
    assertThrows(StoreException.class, () -> PathText.decode(segment));
  }
}
