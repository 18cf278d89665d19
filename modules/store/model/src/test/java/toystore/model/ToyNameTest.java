package toystore.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToyNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Tux",
        "T",
        "Rubik's Cube",
        "a/b",
        "100%",
        "%41",
        "a+b",
        "a?b#c&d=e;f",
        "\"quoted\"",
        "back\\slash",
        "...",
        "\u0130\u0131",
        "\u06f1\u06f2",
        "\u05e9\u05dc\u05d5\u05dd",
        "e\u0301",
        "\ud83e\uddf8",
        "\ud83d\udc69\u200d\ud83d\ude80",
        "<b>",
        "\u3053\u3093",
        "two  spaces",
        "{}"
      })
  void whatPeopleCallToysMayBeOffered(String name) {
    assertEquals(Optional.empty(), ToyName.problem(name));
    assertTrue(ToyName.isText(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " Tux",
        "Tux ",
        "\u00a0Tux",
        "Tux\u3000",
        "\ud83d",
        "\udc69x",
        "A\u0000B",
        "A\nB",
        "A\tB",
        "A\u007f",
        "A\u0085B",
        "A\u2028B",
        "A\u2029B",
        ".",
        ".."
      })
  void whatCannotBeServedOrToldApartMayNot(String name) {
    assertTrue(ToyName.problem(name).isPresent());
  }

  @Test
  void theLengthCountsInBytes() {
    assertEquals(Optional.empty(), ToyName.problem("x".repeat(255)));
    assertEquals(Optional.empty(), ToyName.problem("\u00fc".repeat(127)));
    assertEquals(
        Optional.of("must have at most 255 bytes in UTF-8, has 256"),
        ToyName.problem("\u00fc".repeat(128)));
  }
}
