package toystore.lab;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * Who may use the lab: its own page. A page of another site can make a browser send requests here,
 * so three things are looked at. The Host: a site whose name was made to mean this machine (DNS
 * rebinding) is told by its name, and gets nothing, so it cannot read the token in the page. The
 * token: made anew by each lab, and in its page only. The Origin: no other page, whatever it knows.
 */
final class LabGate {
  static final String TOKEN = "Toystore-Lab-Token";
  private static final int TOKEN_BYTES = 32;
  private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost");

  private final int port;
  private final String token;

  LabGate(int port) {
    this.port = port;
    byte[] secret = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(secret);
    this.token = HexFormat.of().formatHex(secret);
  }

  /** What the page must have. */
  String token() {
    return token;
  }

  /** Lets nobody through who calls this machine by another name. */
  void checkHost(RoutingContext ctx) {
    HostAndPort authority = ctx.request().authority();
    if (authority == null || !HOSTS.contains(authority.host()) || authority.port() != port) {
      throw new LabRefusal(
          LabRefusal.FORBIDDEN, "the lab is at http://127.0.0.1:" + port + ", under no other name");
    }
    ctx.next();
  }

  /** Lets through what the page of this lab sends. */
  void checkPage(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin != null && HOSTS.stream().noneMatch(host -> origin.equals(origin(host)))) {
      throw new LabRefusal(LabRefusal.FORBIDDEN, "only the lab's own page may do this");
    }
    String shown = request.getHeader(TOKEN);
    if (shown == null || !MessageDigest.isEqual(bytes(shown), bytes(token))) {
      throw new LabRefusal(
          LabRefusal.FORBIDDEN,
          "this needs the token of the lab's page; a page of a lab that has ended must be loaded anew");
    }
    ctx.next();
  }

  private String origin(String host) {
    return "http://" + host + ":" + port;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
