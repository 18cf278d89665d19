package toystore.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import picocli.CommandLine;
import toystore.command.CommandStyle;

/** Runs the command against a fake store, over real HTTP. */
abstract class AgainstFakeStore {
  final FakeStore store = new FakeStore();
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();

  @BeforeEach
  void startStore() throws Exception {
    store.start();
  }

  @AfterEach
  void stopStore() throws Exception {
    store.close();
  }

  JsonNode json(String... arguments) throws IOException {
    out.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--json", "--port", String.valueOf(store.port())));
    command(all.toArray(String[]::new));
    return new ObjectMapper().readTree(out.toString());
  }

  int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--port", String.valueOf(store.port())));
    return command(all.toArray(String[]::new));
  }

  int command(String... arguments) {
    return CommandStyle.of(new CommandLine(new ClientCommand()))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  String everything() {
    return out + "\n" + err;
  }
}
