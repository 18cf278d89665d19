package toystore.postgres;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import toystore.edge.Address;
import toystore.edge.ConfigurationException;
import toystore.edge.Settings;

/**
 * Which PostgreSQL, and how it is reached.
 *
 * @param addresses of all its nodes; one of them is the primary
 * @param user whose tables they are
 * @param password empty where none is needed
 * @param authority PEM file with which the database's certificate is checked, and its name with it;
 *     absent for a connection in clear text
 * @param durability {@code replicated} demands that commits are on a second machine, {@code single}
 *     is content with one
 */
record DatabaseChoice(
    List<Address> addresses,
    String name,
    String user,
    String password,
    Optional<Path> authority,
    String durability) {
  private static final int PORT = 5432;
  private static final Pattern URL =
      Pattern.compile("postgres(?:ql)?://(?:([^@/:?]+)@)?([^@/?]+)/([^/?]+)");

  static DatabaseChoice read(Settings settings) {
    String text = settings.text("database");
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      throw settings.wrong(
          "database",
          "must be postgresql://user@host:port,host:port/name, with the password in a file that"
              + " passwordFile names",
          hidden(text));
    }
    String durability = settings.text("durability", "replicated");
    if (!List.of("replicated", "single").contains(durability)) {
      throw settings.wrong("durability", "must be replicated or single", durability);
    }
    String authority = settings.text("databaseAuthority", "");
    return new DatabaseChoice(
        addresses(settings, url.group(2)),
        url.group(3),
        url.group(1) == null ? "toystore" : url.group(1),
        password(settings),
        authority.isEmpty() ? Optional.empty() : Optional.of(Path.of(authority)),
        durability);
  }

  /** A password that was written into the URL all the same is not repeated. */
  private static String hidden(String url) {
    return url.replaceAll(":[^@:/]*@", ":...@");
  }

  private static List<Address> addresses(Settings settings, String hosts) {
    List<Address> addresses = new ArrayList<>();
    for (String host : hosts.split(",", -1)) {
      try {
        addresses.add(Address.parse(host, PORT));
      } catch (IllegalArgumentException e) {
        throw settings.wrong("database", "has a host that " + e.getMessage(), host);
      }
    }
    return List.copyOf(addresses);
  }

  private static String password(Settings settings) {
    String file = settings.text("passwordFile", "");
    if (file.isEmpty()) {
      return "";
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new ConfigurationException("passwordFile", "cannot be read: " + e.getMessage());
    }
  }

  /** How to reach its node at this place of the addresses. */
  PgConnectOptions options(int address, String application) {
    Address at = addresses.get(address);
    PgConnectOptions options = new PgConnectOptions()
        .setHost(at.host())
        .setPort(at.port())
        .setDatabase(name)
        .setUser(user)
        .setPassword(password)
        .setCachePreparedStatements(true)
        .setProperties(Map.of(
            "application_name", application,
            // Two desks that start together both want to make the schema; that is no warning.
            "client_min_messages", "warning",
            // The wait for a standby must not be cut short: what was committed would be visible.
            "statement_timeout", "0",
            "idle_in_transaction_session_timeout", "0"));
    authority.ifPresent(pem -> options
        .setSslMode(SslMode.VERIFY_FULL)
        .setSslOptions(new ClientSSLOptions()
            .setHostnameVerificationAlgorithm("HTTPS")
            .setTrustOptions(new PemTrustOptions().addCertPath(pem.toString()))));
    return options;
  }

  /** For a person: without a password. */
  String inWords(int address) {
    return addresses.get(address) + "/" + name;
  }
}
