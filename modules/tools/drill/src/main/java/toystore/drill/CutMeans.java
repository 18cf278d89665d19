package toystore.drill;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What cuts are to be made by. */
enum CutMeans {
  /** By network namespaces where they can be had, else by lines. */
  AUTO,
  /** See {@link Namespaces}. */
  NAMESPACES,
  /** See {@link Lines}. */
  LINES;

  static CutMeans of(String word) {
    return Arrays.stream(values())
        .filter(means -> means.toString().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("--cuts: '" + word + "' is not one of "
            + Arrays.stream(values()).map(CutMeans::toString).collect(Collectors.joining(", "))));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
