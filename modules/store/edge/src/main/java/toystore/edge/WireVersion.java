package toystore.edge;

import io.vertx.core.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which messages a program speaks to other services. Each internal request says two numbers, such
 * as {@code 2;1}: the version that the caller speaks, and the oldest one that it still understands.
 * A service answers when each side understands the other; else it refuses with a clear word. So a
 * store is upgraded one service at a time, as long as a version understands the one before.
 *
 * <p>A new field, which others pass over, is no new version. One that is needed is: then {@link
 * #SPEAKS} grows, and the field may be missing for as long as {@link #SINCE} is below.
 */
final class WireVersion {
  static final CharSequence HEADER = HttpHeaders.createOptimized("toystore-wire");

  static final int SPEAKS = 1;
  static final int SINCE = 1;

  /** What this program says with each request. */
  static final CharSequence OURS = HttpHeaders.createOptimized(SPEAKS + ";" + SINCE);

  private static final String OURS_TEXT = OURS.toString();
  /** Programs of before the header said nothing, and spoke the first version. */
  private static final String UNSAID = "1;1";

  private static final Pattern SAID = Pattern.compile("([0-9]{1,6});([0-9]{1,6})");

  private WireVersion() {}

  /**
   * Why a caller is not answered; empty where he is.
   *
   * @param said his header, null where he said nothing
   */
  static Optional<String> objection(String said) {
    return OURS_TEXT.equals(said) ? Optional.empty() : objection(said, SPEAKS, SINCE);
  }

  /** The same for a program that speaks and understands these. */
  static Optional<String> objection(String said, int speaks, int since) {
    Matcher numbers = SAID.matcher(said == null ? UNSAID : said);
    if (!numbers.matches()) {
      return Optional.of("the header " + HEADER + " is " + said + ", and no two versions");
    }
    int hisSpeaks = Integer.parseInt(numbers.group(1));
    int hisSince = Integer.parseInt(numbers.group(2));
    return hisSpeaks >= since && speaks >= hisSince
        ? Optional.empty()
        : Optional.of("the caller speaks version " + hisSpeaks + " of the internal messages and"
            + " understands them from " + hisSince + " on; this service speaks " + speaks
            + " and understands them from " + since
            + " on: upgrade by way of a version between the two");
  }
}
