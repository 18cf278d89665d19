package toystore.edge;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where a service can be called.
 *
 * @param host a name, or an IP address; an IPv6 one without its brackets
 * @param port 1 to 65535
 */
public record Address(String host, int port) {
  private static final int MAX_PORT = 65_535;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Za-z:.%_-]*");
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

  public Address {
    Objects.requireNonNull(host, "host");
    if (!isHost(host)) {
      throw new IllegalArgumentException("host=" + host);
    }
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("port=" + port);
    }
  }

  static boolean isHost(String text) {
    return NAME.matcher(text).matches() || IPV6.matcher(text).matches();
  }

  /**
   * Reads {@code host:port}; an IPv6 host stands in brackets.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(colon, 0));
    String port = text.substring(colon + 1);
    boolean inBrackets = host.startsWith("[") && host.endsWith("]");
    if (!PORT.matcher(port).matches() || inBrackets != host.contains(":")) {
      throw new IllegalArgumentException("is not host:port");
    }
    return new Address(
        inBrackets ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
