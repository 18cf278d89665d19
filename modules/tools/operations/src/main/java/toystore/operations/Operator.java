package toystore.operations;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * For whom a command works.
 *
 * @param news told, in words for a person, what is being done
 * @param interrupted whether they have had enough, as by Ctrl-C; asked from time to time
 */
record Operator(Consumer<String> news, BooleanSupplier interrupted) {
  /** For a program that is told how it ended, and nothing before. */
  static final Consumer<String> NOBODY = line -> {};

  static Operator hearing(Consumer<String> news) {
    return new Operator(news, () -> false);
  }

  /** Whether what is said is heard. */
  boolean hears() {
    return news != NOBODY;
  }

  void say(String line) {
    news.accept(line);
  }
}
