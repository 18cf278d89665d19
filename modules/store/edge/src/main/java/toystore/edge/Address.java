package toystore.edge;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where a service can be called. The one place that takes addresses apart and puts them together.
 *
 * @param host a name, or an IP address; an IPv6 one without its brackets
 * @param port 1 to 65535
 */
public record Address(String host, int port) {
  private static final int MAX_PORT = 65_535;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
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

  private static boolean isHost(String text) {
    return NAME.matcher(text).matches() || NetUtil.isValidIpV6Address(text) && !isInBrackets(text);
  }

  private static boolean isInBrackets(String text) {
    return text.startsWith("[") && text.endsWith("]");
  }

  /**
   * Reads a host; an IPv6 address may stand in brackets.
   *
   * @return without the brackets
   * @throws IllegalArgumentException when it is neither a name nor an address
   */
  public static String host(String text) {
    String bare = isInBrackets(text) ? text.substring(1, text.length() - 1) : text;
    if (!isHost(bare) || isInBrackets(text) && bare.indexOf(':') < 0) {
      throw new IllegalArgumentException("must be a host name or an IP address");
    }
    return bare;
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
    if (!PORT.matcher(port).matches() || isInBrackets(host) != host.contains(":")) {
      throw new IllegalArgumentException("is not host:port");
    }
    return new Address(host(host), Integer.parseInt(port));
  }

  /**
   * Reads {@code host:port} or {@code host}; an IPv6 host stands in brackets.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static Address parse(String text, int absentPort) {
    boolean hasPort = text.lastIndexOf(':') > text.lastIndexOf(']');
    return parse(hasPort ? text : text + ":" + absentPort);
  }

  /** Where a service that listens on this host can be called from the same machine. */
  public static Address ofListener(String host, int port) {
    String bare = host(host);
    // All interfaces is where one listens, not where one calls.
    if (bare.equals("0.0.0.0")) {
      return new Address("127.0.0.1", port);
    }
    byte[] ip = bare.indexOf(':') < 0 ? null : NetUtil.createByteArrayFromIpAddressString(bare);
    return new Address(ip != null && Arrays.equals(ip, new byte[16]) ? "::1" : bare, port);
  }

  /** The host as it stands in URLs and Host headers: an IPv6 one in brackets. */
  public String urlHost() {
    return urlHost(host);
  }

  private static String urlHost(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  /** A listener's host and port for a person; the port may be any. */
  public static String inWords(String host, int port) {
    return urlHost(host) + ":" + port;
  }

  @Override
  public String toString() {
    return inWords(host, port);
  }
}
