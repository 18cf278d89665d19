package toystore.frontend;

import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time in the form that HTTP wants (RFC 9110, 5.6.7), made once a second. */
final class HttpDate {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);
  private static final long MS_PER_SECOND = 1_000;

  private long second = -1;
  private CharSequence text;

  CharSequence at(long millis) {
    long wanted = Math.floorDiv(millis, MS_PER_SECOND);
    if (wanted != second) {
      second = wanted;
      text = HttpHeaders.createOptimized(
          FORM.format(Instant.ofEpochSecond(wanted).atOffset(ZoneOffset.UTC)));
    }
    return text;
  }
}
