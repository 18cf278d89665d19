package toystore.command;

import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/** Gives picocli a parser's own words about what is wrong with a value. */
public final class Converted {
  private Converted() {}

  public static <T> T by(Function<String, T> parser, String text) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
