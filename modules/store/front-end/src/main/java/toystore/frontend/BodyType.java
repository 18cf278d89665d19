package toystore.frontend;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Locale;

/** What the headers of a request say that its body is. */
final class BodyType {
  static final String NOT_JSON =
      "the body must be JSON; say so with the header Content-Type: application/json";

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String APPLICATION = "application/";
  private static final String IN_JSON = "+json";
  private static final String IDENTITY = "identity";
  private static final List<String> CHARSETS = List.of("utf-8", "utf8", "us-ascii");
  /** Each browser of today sends one of them with each POST for a page of another origin. */
  private static final List<CharSequence> SIGNS_OF_A_BROWSER = List.of(
      HttpHeaders.ORIGIN,
      HttpHeaders.createOptimized("Sec-Fetch-Site"),
      HttpHeaders.createOptimized("Sec-Fetch-Mode"),
      HttpHeaders.REFERER);

  private BodyType() {}

  /** Why it cannot be a purchase; null if it can. */
  static String problem(MultiMap headers) {
    List<String> types = headers.getAll(HttpHeaders.CONTENT_TYPE);
    if (types.size() > 1) {
      return NOT_JSON;
    }
    String type = mediaType(headers);
    boolean isUntyped = types.isEmpty() || types.get(0).isBlank();
    // A browser sends a form, or a body without a type, for any page, and asks nobody before. It
    // asks before it sends JSON (decision 0024).
    if (!isJson(type) && !((isUntyped || FORM.equals(type)) && !isFromBrowser(headers))) {
      return NOT_JSON;
    }
    return isUntyped || isUtf8(types.get(0)) ? null : "the body must be JSON in UTF-8";
  }

  /** Whether it is packed, as by gzip. */
  static boolean isPacked(MultiMap headers) {
    return headers.getAll(HttpHeaders.CONTENT_ENCODING).stream()
        .anyMatch(coding -> !coding.isBlank() && !IDENTITY.equalsIgnoreCase(coding.strip()));
  }

  /** Whether it says it is a form, as some clients do of everything. */
  static boolean isForm(MultiMap headers) {
    return FORM.equals(mediaType(headers));
  }

  private static String mediaType(MultiMap headers) {
    String type = headers.get(HttpHeaders.CONTENT_TYPE);
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static boolean isJson(String type) {
    return "application/json".equals(type)
        || type.startsWith(APPLICATION)
            && type.endsWith(IN_JSON)
            && type.length() > APPLICATION.length() + IN_JSON.length()
            && Characters.isToken(type.substring(APPLICATION.length()));
  }

  private static boolean isUtf8(String contentType) {
    String[] parameters = contentType.toLowerCase(Locale.ROOT).split(";");
    for (int i = 1; i < parameters.length; i++) {
      String[] parameter = parameters[i].split("=", 2);
      if ("charset".equals(parameter[0].strip())
          && !CHARSETS.contains(parameter[parameter.length - 1].strip().replace("\"", ""))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFromBrowser(MultiMap headers) {
    String agent = headers.get(HttpHeaders.USER_AGENT);
    return agent != null && agent.startsWith("Mozilla/")
        || SIGNS_OF_A_BROWSER.stream().anyMatch(headers::contains);
  }
}
