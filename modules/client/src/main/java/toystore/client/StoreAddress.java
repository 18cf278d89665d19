package toystore.client;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where the store is.
 *
 * @param ca PEM file of the authority that signed the store's certificate; empty: the JVM's own
 */
public record StoreAddress(String host, int port, boolean tls, String ca) {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /**
   * @param url such as {@code http://localhost:8080}
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static StoreAddress parse(String url, String ca) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(url + " is not a URL", e);
    }
    boolean tls = "https".equals(uri.getScheme());
    if (uri.getHost() == null || !tls && !"http".equals(uri.getScheme())) {
      throw new IllegalArgumentException(url + " is not http://HOST:PORT or https://HOST:PORT");
    }
    boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
    if (!bare || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(url + " has more than host and port");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
    return new StoreAddress(uri.getHost(), port, tls, ca);
  }

  String url() {
    return (tls ? "https://" : "http://") + host + ":" + port;
  }
}
