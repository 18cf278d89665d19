package toystore.operations;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import toystore.model.EngineName;

/**
 * Starts the processes of a store, by bin/vertx, so that they outlive the command and its terminal.
 *
 * @param installation whose bin/vertx
 * @param folder the store's
 * @param engine of the replicas
 * @param options what is particular to the processes of this store
 */
record Launch(
    Installation installation, StoreFolder folder, EngineName engine, LaunchOptions options) {
  private static final long LOG_LIMIT_BYTES = 10_000_000;
  private static final int OLD_LOGS = 3;

  /** Starts the service; its run file names the process when this returns. */
  ServiceProcess start(Service service) {
    try {
      Map<String, String> environment = new HashMap<>(options.environment());
      environment.put("TOYSTORE_TMP", folder.makeScratch(service).toString());
      return start(
          service.name(), command(service), environment, folder.log(service), folder.run(service));
    } catch (IOException e) {
      throw FileTrouble.failure("cannot start " + service, e);
    }
  }

  /** Starts what serves the lab of the store. */
  ServiceProcess startLab() {
    try {
      return start(
          "the lab",
          List.of(
              installation.toystore().toString(), "lab", "--data", folder.root().toString()),
          Map.of("TOYSTORE_BUILD", "never"),
          folder.labLog(),
          folder.labRun());
    } catch (IOException e) {
      throw FileTrouble.failure("cannot start the lab", e);
    }
  }

  private ServiceProcess start(
      String what, List<String> words, Map<String, String> environment, Path log, Path run)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(onPath("setsid") ? "setsid" : "nohup"));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(installation.home().toFile())
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    builder.environment().put("TOYSTORE_LIB", folder.lib().toString());
    Files.createDirectories(log.getParent());
    rotate(log);
    // The same process all the way: setsid, starter, sh and java replace each other in it.
    long pid = builder.start().pid();
    ServiceProcess process = new ServiceProcess(ProcessId.of(pid)
        .orElseThrow(() -> new OperationFailed(what + " ended at once: see " + log)));
    process.record(run);
    return process;
  }

  private List<String> command(Service service) {
    List<String> command = new ArrayList<>(options.starter().apply(service.name()));
    if (service.kind() == Service.ServiceKind.DATABASE) {
      command.addAll(new OwnDatabase(folder).command(Json.read(folder.conf(service))));
      return command;
    }
    command.addAll(List.of(
        installation.vertx().toString(),
        "run",
        service.verticle(engine),
        "-conf",
        folder.conf(service).toString()));
    return command;
  }

  private static boolean onPath(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** A log that has grown long becomes log.1, and so on; only a start does this. */
  private static void rotate(Path log) throws IOException {
    if (!Files.exists(log) || Files.size(log) < LOG_LIMIT_BYTES) {
      return;
    }
    for (int age = OLD_LOGS; age >= 1; age--) {
      Path younger = age == 1 ? log : Path.of(log + "." + (age - 1));
      if (Files.exists(younger)) {
        Files.move(younger, Path.of(log + "." + age), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
