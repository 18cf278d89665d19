package toystore.frontend;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import toystore.model.PurchaseRequest;

/** What the headers of a purchase say: its key, and what its body is. */
final class PurchaseHead {
  static final CharSequence KEY = HttpHeaders.createOptimized("Idempotency-Key");

  private static final String NOT_JSON =
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

  private PurchaseHead() {}

  /** Refuses what cannot be a purchase, before its body is read. */
  static void check(RoutingContext ctx) {
    MultiMap headers = ctx.request().headers();
    checkType(headers);
    if (isPacked(headers)) {
      ctx.response().putHeader(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY);
      throw new RefusedException(
          HttpFault.WRONG_TYPE, "the body must not be packed: no Content-Encoding");
    }
    ctx.put(KEY.toString(), keyIn(headers.getAll(KEY)));
    ctx.next();
  }

  /** The client's key, or a new one that no other purchase has. */
  static String key(RoutingContext ctx) {
    return ctx.get(KEY.toString());
  }

  /** Reads the body, whose type may have been said wrongly. */
  static PurchaseBody parse(MultiMap headers, byte[] body) {
    // Some clients say of everything that it is a form.
    if (FORM.equals(mediaType(headers)) && !PurchaseBody.isObject(body)) {
      throw new RefusedException(HttpFault.WRONG_TYPE, NOT_JSON);
    }
    return PurchaseBody.parse(body);
  }

  private static String keyIn(List<String> given) {
    if (given.isEmpty()) {
      return UUID.randomUUID().toString();
    }
    String key = given.get(0);
    boolean valid = given.size() == 1
        && !key.isEmpty()
        && key.length() <= PurchaseRequest.MAX_KEY_LENGTH
        && key.chars().allMatch(c -> c > ' ' && c <= '~');
    if (!valid) {
      throw new RefusedException(
          HttpFault.MALFORMED,
          "Idempotency-Key must be one token of 1 to "
              + PurchaseRequest.MAX_KEY_LENGTH
              + " visible ASCII characters");
    }
    return key;
  }

  private static void checkType(MultiMap headers) {
    List<String> types = headers.getAll(HttpHeaders.CONTENT_TYPE);
    String type = mediaType(headers);
    boolean isUntyped = types.isEmpty() || types.get(0).isBlank();
    // A browser sends a form, or a body without a type, for any page, and asks nobody before. It
    // asks before it sends JSON (decision 0024).
    boolean mayBeJson = isJson(type) || (isUntyped || FORM.equals(type)) && !isFromBrowser(headers);
    if (types.size() > 1 || !mayBeJson) {
      throw new RefusedException(HttpFault.WRONG_TYPE, NOT_JSON);
    }
    if (!isUntyped && !isUtf8(types.get(0))) {
      throw new RefusedException(HttpFault.WRONG_TYPE, "the body must be JSON in UTF-8");
    }
  }

  /** Whether it is packed, as by gzip. */
  private static boolean isPacked(MultiMap headers) {
    return headers.getAll(HttpHeaders.CONTENT_ENCODING).stream()
        .anyMatch(coding -> !coding.isBlank() && !IDENTITY.equalsIgnoreCase(coding.strip()));
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
