package toystore.edge;

import java.util.Objects;

/**
 * Where a service listens.
 *
 * @param port 0 to 65535; 0 means any free one, for a listener
 */
public record Address(String host, int port) {
  private static final int MAX_PORT = 65_535;

  public Address {
    Objects.requireNonNull(host, "host");
    if (host.isEmpty()) {
      throw new IllegalArgumentException("host is empty");
    }
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port=" + port);
    }
  }

  /**
   * Reads {@code host:port}; an IPv6 host stands in brackets.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("is not host:port");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      return new Address(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is not host:port", e);
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
