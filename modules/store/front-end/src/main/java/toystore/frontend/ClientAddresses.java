package toystore.frontend;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;

/**
 * Who sent a request. It is whoever is at the other end of the connection, unless that is a proxy
 * of the operator's: then it is whom the proxy names in {@code X-Forwarded-For}. Anybody may write
 * that header, so only what trusted proxies have put at its end counts. Immutable.
 */
final class ClientAddresses {
  /** Nobody has so many proxies one behind the other. */
  private static final int MAX_HOPS = 16;

  private final List<IpSubnetFilterRule> trusted;

  /**
   * @param trusted addresses or networks of proxies, each one {@link #isNetwork}
   */
  ClientAddresses(Collection<String> trusted) {
    this.trusted = trusted.stream().map(ClientAddresses::rule).toList();
  }

  /** Whether it is an address, or a network such as 10.0.0.0/8. */
  static boolean isNetwork(String text) {
    String[] parts = text.split("/", -1);
    int bits = bits(parts[0]);
    return bits > 0
        && (parts.length == 1
            || parts.length == 2
                && parts[1].matches("0|[1-9][0-9]{0,2}")
                && Integer.parseInt(parts[1]) <= bits);
  }

  /**
   * Tells the client of a request.
   *
   * @param connected the other end of its connection, in digits
   * @param forwarded what it says under X-Forwarded-For, one text a line
   * @return in digits; an IPv6 address with all its zeros
   */
  String of(String connected, List<String> forwarded) {
    InetAddress client = address(connected);
    if (client == null || forwarded.isEmpty() || !isTrusted(client)) {
      return connected;
    }
    String[] hops = String.join(",", forwarded).split(",", -1);
    int last = Math.max(0, hops.length - MAX_HOPS);
    for (int i = hops.length - 1; i >= last && isTrusted(client); i--) {
      InetAddress before = address(hops[i].strip());
      if (before == null) {
        break; // A trusted proxy wrote no address: nobody before it is known.
      }
      client = before;
    }
    return client.getHostAddress();
  }

  private boolean isTrusted(InetAddress address) {
    InetSocketAddress socket = new InetSocketAddress(address, 0);
    return trusted.stream().anyMatch(rule -> rule.matches(socket));
  }

  private static IpSubnetFilterRule rule(String network) {
    String[] parts = network.split("/");
    InetAddress address = address(parts[0]);
    int prefix = parts.length > 1 ? Integer.parseInt(parts[1]) : bits(parts[0]);
    return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
  }

  private static int bits(String address) {
    InetAddress parsed = address(address);
    return parsed == null ? 0 : parsed.getAddress().length * Byte.SIZE;
  }

  /** Reads digits only: a name would have to be looked up. */
  private static InetAddress address(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    try {
      // An IPv4 address in the form of an IPv6 one becomes what it is.
      return bytes == null ? null : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(text, e); // It has 4 or 16 bytes.
    }
  }
}
