package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import toystore.model.EngineName;
import toystore.operations.ServiceStatus.ServiceState;

/** Real processes of fake services, some of them started by hand. */
abstract class MistakesCase extends CommandCase {
  void awaitState(String service, ServiceState state) {
    assertTrue(
        TimeLimit.await(
            Duration.ofSeconds(30),
            () -> new StoreFolder(data()).memory().isPresent() && stateOf(service) == state),
        () -> store.status().toJson().toString());
  }

  /** As a person does in a terminal: with the configuration of this store. */
  Process byHand(String service) throws IOException {
    return byHand(service, data().resolve("conf").resolve(service + ".json"));
  }

  Process byHand(String service, Path conf) throws IOException {
    String verticle = Service.named(service).orElseThrow().verticle(EngineName.PRIMARY_BACKUP);
    ProcessBuilder builder = new ProcessBuilder(
            checkout.vertx().toString(), "run", verticle, "-conf", conf.toString())
        .directory(home.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove(RunningService.MARK);
    return builder.start();
  }

  /** The command as a process of its own. */
  Process toystore(List<String> before, Path said, String... words) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Dtoystore.checkout=" + home,
        "-cp",
        System.getProperty("java.class.path"),
        StoreCommandLine.class.getName()));
    command.addAll(List.of(words));
    command.addAll(List.of("--data", data().toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
  }
}
