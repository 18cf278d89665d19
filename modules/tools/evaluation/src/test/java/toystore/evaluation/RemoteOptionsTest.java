package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import toystore.command.CommandStyle;

/** What is wrong is said before anything is measured, or an older result is replaced. */
class RemoteOptionsTest {
  private static final int WRONG_USAGE = 2;
  private static final int NOT_MEASURED = 4;

  @TempDir
  Path folder;

  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--url shop:8080                              | --url: shop:8080 is not http://HOST:PORT",
        "--url http://shop:8080/orders                | has more than host and port",
        "--nocache-url http://shop:8080               | --nocache-url: it needs --url",
        "--faults none2{action}{service}              | --faults: it needs --url",
        "--url http://shop:8080 --engine raft         | --engine: it is for stores of this"
            + " command's own",
        "--url http://shop:8080 --faults ssh          | needs {action} (kill or start) and"
            + " {service}",
        "--url https://shop --ca /nowhere/ca.pem      | --ca: cannot read /nowhere/ca.pem",
        "--url http://shop:8080 --nocache-url http://shop:8080 | are the same store"
      })
  void optionsThatMakeNoSenseAreNamed(String options, String complaint) {
    int status = run(options.split(" "));

    assertTrue(status == WRONG_USAGE || status == NOT_MEASURED, err::toString);
    assertTrue(err.toString().contains(complaint), err::toString);
    assertFalse(Files.exists(folder.resolve("result")), "nothing was begun");
  }

  @Test
  void aStoreThatIsNotThereIsNotMeasured() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }

    int status = run("--url", "http://127.0.0.1:" + closed);

    assertEquals(NOT_MEASURED, status, err::toString);
    assertTrue(err.toString().contains("no toys from http://127.0.0.1:" + closed), err::toString);
    assertFalse(Files.exists(folder.resolve("result")), "nothing was begun");
  }

  private int run(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--quick", "--out", folder.resolve("result").toString()));
    return CommandStyle.of(new CommandLine(new EvaluateCommand()))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }
}
