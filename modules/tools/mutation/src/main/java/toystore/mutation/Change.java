package toystore.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Other code in the place of some code.
 *
 * @param source the name of the class, with its package before it (package/Class) where two have
 *     that name
 * @param code what is there exactly once; white space between its words and signs does not count
 * @param other what takes its place
 */
public record Change(String source, String code, String other) {
  private static final Pattern TOKEN = Pattern.compile("\\w+|\\W");

  /** The text after this change. */
  String apply(String text) {
    Matcher place = pattern().matcher(text);
    if (!place.find()) {
      throw new IllegalArgumentException("not in " + source + ": " + code);
    }
    int start = place.start();
    int end = place.end();
    if (place.find(start + 1)) {
      throw new IllegalArgumentException("more than once in " + source + ": " + code);
    }
    return text.substring(0, start) + other + text.substring(end);
  }

  /** The formatter may break the line anywhere between two tokens. */
  private Pattern pattern() {
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(code);
    while (token.find()) {
      if (!token.group().isBlank()) {
        tokens.add(Pattern.quote(token.group()));
      }
    }
    return Pattern.compile(String.join("\\s*", tokens));
  }
}
