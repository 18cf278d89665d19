package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import toystore.model.EngineName;

/** The files of desks and front-ends on machines of their own, made from this checkout's. */
class ConfigureDesksTest {
  private static final String URL = "postgresql://shop@10.0.0.1,10.0.0.2/toys";

  @TempDir
  Path home;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.write(
        home.resolve("hosts.txt"),
        List.of("10.0.0.21 desk-1,front-end", "10.0.0.22 desk-2", "10.0.0.23 front-end"));
    Files.writeString(home.resolve("secret"), "of this test");
    Files.writeString(home.resolve("ca.pem"), "a certificate");
  }

  @Test
  void eachMachineGetsWhatInstallWants() throws IOException {
    String said =
        run(0, "--postgres", URL, "--password-file", "HOME/secret", "--database-ca", "HOME/ca.pem");

    assertEquals("", said);
    ObjectNode desk = Json.read(home.resolve("out/10.0.0.22/desk-2.json"));
    assertEquals(URL, desk.path("database").asText());
    assertEquals("replicated", desk.path("durability").asText());
    assertEquals("/etc/toystore/database-password", desk.path("passwordFile").asText());
    assertEquals(
        "/etc/toystore/database-authority.pem", desk.path("databaseAuthority").asText());
    Path password = home.resolve("out/10.0.0.22/database-password");
    assertEquals("of this test", Files.readString(password));
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(password)));
    assertEquals(
        "a certificate", Files.readString(home.resolve("out/10.0.0.21/database-authority.pem")));
    assertEquals(
        EngineName.POSTGRES,
        Memory.ofInstallation(home.resolve("out/10.0.0.22")).engine());
    ObjectNode frontEnd = Json.read(home.resolve("out/10.0.0.23/front-end.json"));
    assertEquals(2, frontEnd.path("id").asInt());
    assertEquals("10.0.0.22:8302", frontEnd.at("/desks/1/address").asText());
    assertTrue(Files.exists(home.resolve("out/10.0.0.23/token")));
    assertFalse(Files.exists(home.resolve("out/10.0.0.23/database-password")));
  }

  @Test
  void whatDoesNotFitIsSaidAndNothingIsWritten() throws IOException {
    assertTrue(run(1).contains("the desks of the engine postgres need a database"));
    assertTrue(run(1, "--postgres", URL, "--password-file", "HOME/none")
        .contains("cannot read " + home.resolve("none")));
    assertTrue(run(1, "--postgres", URL, "--engine", "raft").contains("use --engine postgres too"));
    Files.write(home.resolve("hosts.txt"), List.of("10.0.0.21 desk-1,front-end"));
    assertTrue(run(2, "--postgres", URL).contains("no machine is named for desk-2"));

    assertFalse(Files.exists(home.resolve("out")));
  }

  private String run(int status, String... options) {
    List<String> words = new ArrayList<>(List.of(
        "configure",
        home.resolve("hosts.txt").toString(),
        "--out",
        home.resolve("out").toString()));
    if (!Arrays.asList(options).contains("--engine")) {
      words.addAll(List.of("--engine", "postgres"));
    }
    words.addAll(List.of(options));
    words.replaceAll(word -> word.replace("HOME", home.toString()));
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said, true);
    CommandLine commandLine = StoreCommandLine.make();
    int ended = commandLine.setOut(writer).setErr(writer).execute(words.toArray(String[]::new));
    assertEquals(status, ended, said::toString);
    return said.toString();
  }
}
