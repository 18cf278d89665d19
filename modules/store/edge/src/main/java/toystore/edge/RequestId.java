package toystore.edge;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The name of a client's request, by which people find its lines in the logs of all services. The
 * client gives it, as {@code X-Request-Id} or as the trace id of a W3C {@code traceparent}; else it
 * is made here. Nothing else depends on it: two requests may have the same.
 */
public final class RequestId {
  public static final CharSequence HEADER = HttpHeaders.createOptimized("X-Request-Id");

  private static final CharSequence TRACE = HttpHeaders.createOptimized("traceparent");
  private static final int MAX_LENGTH = 128;
  /** "00-" and 32 digits of the trace, "-" and 16 of the span, "-" and two of flags. */
  private static final int TRACE_LENGTH = 55;

  private static final int TRACE_START = 3;
  private static final int TRACE_END = 35;
  private static final int RADIX = 36;

  /** Differs between processes, and between two runs of one. */
  private static final String PREFIX =
      Long.toString(new SecureRandom().nextLong() >>> 16, RADIX) + "-";

  private static final AtomicLong COUNT = new AtomicLong();

  private RequestId() {}

  /** What the client gave, if that is valid; else null. */
  public static String given(MultiMap headers) {
    String id = headers.get(HEADER);
    if (id != null && isValid(id)) {
      return id;
    }
    String trace = headers.get(TRACE);
    return trace != null && isTrace(trace) ? trace.substring(TRACE_START, TRACE_END) : null;
  }

  /** One that no other request of this process has. */
  static String make() {
    return PREFIX + Long.toString(COUNT.incrementAndGet(), RADIX);
  }

  /** The one that the answer names; if it names none yet, the client's own, else a new one. */
  public static String of(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    String named = response.headers().get(HEADER);
    if (named != null) {
      return named;
    }
    String given = given(request.headers());
    String id = given == null ? make() : given;
    response.putHeader(HEADER, id);
    return id;
  }

  /** Whether it may stand in a log and in a header as it is. */
  static boolean isValid(String id) {
    return !id.isEmpty() && id.length() <= MAX_LENGTH && id.chars().allMatch(RequestId::isPlain);
  }

  private static boolean isPlain(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '_'
        || c == '.'
        || c == ':';
  }

  /** Version 00 of the form: later versions may be longer, and begin alike. */
  private static boolean isTrace(String trace) {
    if (trace.length() < TRACE_LENGTH
        || trace.startsWith("ff")
        || trace.length() > TRACE_LENGTH && (trace.startsWith("00") || trace.charAt(55) != '-')) {
      return false;
    }
    for (int i = 0; i < TRACE_LENGTH; i++) {
      char c = trace.charAt(i);
      boolean dash = i == 2 || i == TRACE_END || i == TRACE_LENGTH - 3;
      boolean hex = c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
      if (dash ? c != '-' : !hex) {
        return false;
      }
    }
    return isNotZero(trace.substring(TRACE_START, TRACE_END))
        && isNotZero(trace.substring(TRACE_END + 1, TRACE_LENGTH - 3));
  }

  private static boolean isNotZero(String digits) {
    return digits.chars().anyMatch(c -> c != '0');
  }
}
