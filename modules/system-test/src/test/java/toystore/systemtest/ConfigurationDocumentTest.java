package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.catalog.CatalogKeys;
import toystore.edge.SettingKey;
import toystore.frontend.FrontEndKeys;
import toystore.order.OrderKeys;
import toystore.postgres.DeskKeys;
import toystore.raft.RaftKeys;

/**
 * docs/configuration.md names each key of each configuration file, and each variable of the
 * environment, as the code reads them. With {@code -Dtoystore.write=true} the tables are written.
 */
class ConfigurationDocumentTest {
  private static final Pattern VARIABLE = Pattern.compile("TOYSTORE_[A-Z_]+[A-Z]");

  private final Path checkout = PatchedBuild.findCheckout();
  private final Path document = checkout.resolve("docs/configuration.md");

  @TempDir
  private Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "a-token-for-tests-only");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(
        folder.resolve("pem"), "-----BEGIN CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n");
  }

  @Test
  void everyKeyOfTheCatalog() throws IOException {
    check("## catalog.json", "catalog.json", CatalogKeys::of, "tls");
  }

  @Test
  void everyKeyOfAFrontEnd() throws IOException {
    check("## front-end.json", "front-end.json", FrontEndKeys::of, "tls", "publicTls");
  }

  @Test
  void everyFurtherKeyOfAFrontEndOfDesks() throws IOException {
    Function<JsonObject, List<SettingKey>> further = json -> {
      List<SettingKey> keys = new ArrayList<>(FrontEndKeys.of(json));
      keys.removeIf(key -> !key.name().startsWith("desks"));
      return keys;
    };
    check("## postgres-front-end.json", "postgres-front-end.json", further, "tls");
  }

  @Test
  void everyKeyOfADesk() throws IOException {
    check("## desk-N.json", "desk-1.json", DeskKeys::of, "tls");
  }

  @Test
  void everyKeyOfAReplica() throws IOException {
    check("## order-N.json", "order-1.json", OrderKeys::of, "tls");
  }

  @Test
  void everyKeyOfAReplicaWithRaft() throws IOException {
    Function<JsonObject, List<SettingKey>> further = json -> {
      List<SettingKey> keys = new ArrayList<>(RaftKeys.of(json));
      keys.removeAll(OrderKeys.of(json));
      return keys;
    };
    check("## raft-order-N.json", "raft-order-1.json", further, "tls");
  }

  @Test
  void everyVariableOfTheEnvironment() throws IOException {
    Set<String> read = new TreeSet<>();
    for (String place : List.of("bin", "conf/systemd", "modules/store", "modules/tools")) {
      try (Stream<Path> files = Files.walk(checkout.resolve(place))) {
        for (Path file : files.filter(ConfigurationDocumentTest::isProgram).toList()) {
          Matcher names = VARIABLE.matcher(Files.readString(file));
          names.results().forEach(name -> read.add(name.group()));
        }
      }
    }
    Set<String> documented = Files.readAllLines(document).stream()
        .filter(line -> line.startsWith("| `TOYSTORE_"))
        .map(line -> line.split("`")[1])
        .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(read, documented);
  }

  private static boolean isProgram(Path file) {
    String path = file.toString();
    return Files.isRegularFile(file)
        && !path.contains("/src/test/")
        && !path.contains("/target/")
        && !path.contains("/simulation/")
        && (path.contains("/bin/")
            || path.contains("/systemd/")
            || path.endsWith(".java")
            || path.endsWith(".xml"));
  }

  private void check(
      String heading,
      String file,
      Function<JsonObject, List<SettingKey>> keys,
      String... tlsSections)
      throws IOException {
    JsonObject json = new JsonObject(Files.readString(checkout.resolve("conf").resolve(file)));
    json.put("tokenFile", folder.resolve("token").toString());
    if (json.containsKey("toys")) {
      json.put("toys", checkout.resolve("conf/toys.json").toString());
    }
    if (json.containsKey("passwordFile")) {
      json.put("passwordFile", folder.resolve("token").toString());
    }
    for (String section : tlsSections) {
      JsonObject tls = new JsonObject();
      for (String key : List.of("certificate", "key", "authority")) {
        tls.put(key, folder.resolve("pem").toString());
      }
      json.put(section, tls);
    }
    List<String> lines = Files.readAllLines(document);
    DocumentedKeys table = DocumentedKeys.under(heading, lines);
    List<String> expected = table.lines(keys.apply(json));
    if (Boolean.getBoolean("toystore.write")) {
      write(heading, expected, lines);
    } else {
      assertEquals(String.join("\n", expected), String.join("\n", table.lines()));
      assertFalse(expected.toString().contains("| ? |"), "a key without a meaning");
    }
  }

  private void write(String heading, List<String> table, List<String> lines) throws IOException {
    List<String> written = new ArrayList<>();
    boolean inSection = false;
    for (String line : lines) {
      boolean isHeading = line.startsWith("## ");
      if (isHeading) {
        inSection = line.equals(heading);
      }
      if (!inSection || !line.startsWith("|")) {
        written.add(line);
      } else if (line.startsWith("| key")) {
        written.addAll(table);
      }
    }
    Files.write(document, written);
  }
}
