package toystore.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import toystore.edge.Address;

/**
 * Where the store is.
 *
 * @param ca PEM file of the authority that signed the store's certificate; empty: the JVM's own
 */
public record StoreAddress(Address address, boolean tls, String ca) {
  /** Not by java.net.URI, for which a host with an underscore is none. */
  private static final Pattern URL =
      Pattern.compile("(https?)://([^/?#]+)(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /**
   * @param url such as {@code http://localhost:8080}
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static StoreAddress parse(String url, String ca) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException(url + " is not http://HOST:PORT or https://HOST:PORT");
    }
    if (!parts.group(3).isEmpty() && !parts.group(3).equals("/")) {
      throw new IllegalArgumentException(url + " has more than host and port");
    }
    boolean tls = parts.group(1).equalsIgnoreCase("https");
    try {
      return new StoreAddress(Address.parse(parts.group(2), tls ? HTTPS_PORT : HTTP_PORT), tls, ca);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(url + " is not http://HOST:PORT or https://HOST:PORT", e);
    }
  }

  public String url() {
    return (tls ? "https://" : "http://") + address;
  }
}
