package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that runs one service, whoever started it.
 *
 * @param home its working folder: the checkout whose bin/vertx runs it
 * @param mark what a command on a store gave it; empty where a person started it
 */
record RunningService(
    ProcessId id, ServiceCommandLine command, Path home, Optional<StoreMark> mark) {
  /** Names the folder {@link StoreFolder#makeScratch}; a person gives a service none such. */
  static final String MARK = "TOYSTORE_TMP";

  /**
   * What tells a process that a command on a store has started.
   *
   * @param root of the store: where its folder is now, or was when it was deleted
   * @param folderGone whether it was deleted under the process
   */
  record StoreMark(Path root, String service, boolean folderGone) {
    private static final Pattern SCRATCH = Pattern.compile("(.+)/run/([a-z0-9-]+)\\.tmp");
    private static final Pattern LOG =
        Pattern.compile("(/.+)/log/([a-z0-9-]+)\\.log( \\(deleted\\))?");

    /**
     * Reads it.
     *
     * @param scratch what it was started with
     * @param output the log that it writes: a folder that was moved is known by it
     */
    static Optional<StoreMark> of(String scratch, String output) {
      Matcher started = SCRATCH.matcher(scratch);
      if (!started.matches()) {
        return Optional.empty();
      }
      String service = started.group(2);
      Matcher log = LOG.matcher(output);
      boolean logs = log.matches() && log.group(2).equals(service);
      return Proc.path(logs ? log.group(1) : started.group(1))
          .map(root -> new StoreMark(root, service, logs && log.group(3) != null));
    }
  }

  /** Empty when the process runs no service, or has ended. */
  static Optional<RunningService> of(long pid) {
    Optional<ServiceCommandLine> command = ServiceCommandLine.of(Proc.commandLine(pid));
    if (command.isEmpty()) {
      return Optional.empty();
    }
    Optional<ProcessId> id = ProcessId.of(pid);
    Path home = Proc.workingFolder(pid).orElse(Path.of("/"));
    Optional<StoreMark> mark = Proc.variable(pid, MARK)
        .flatMap(scratch -> StoreMark.of(scratch, Proc.output(pid).orElse("")));
    // Looked at in this order, all of it is one process's, unless that has ended meanwhile.
    return id.filter(process -> !process.isGone())
        .map(process -> new RunningService(process, command.get(), home, mark));
  }

  /** Its configuration file; a relative one is from its working folder on. */
  Path conf() {
    return home.resolve(Proc.path(command.conf()).orElse(Path.of("none"))).normalize();
  }

  /** The name by which a store knows it. */
  Optional<Service> service() {
    return Service.named(mark.map(StoreMark::service).orElseGet(this::nameByConfiguration));
  }

  private String nameByConfiguration() {
    JsonNode conf = configuration();
    String kind = command.verticle().substring(command.verticle().lastIndexOf('.') + 1);
    return switch (kind) {
      case "CatalogVerticle" -> Service.CATALOG.name();
      case "FrontEndVerticle" -> Service.frontEnd(conf.path("id").asInt(1)).name();
      case "DeskVerticle" -> Service.desk(conf.path("id").asInt()).name();
      default -> Service.replica(conf.path("id").asInt()).name();
    };
  }

  /** What it was started with, as far as that can still be read. */
  JsonNode configuration() {
    try {
      return Files.isReadable(conf()) ? Json.read(conf()) : Json.object();
    } catch (OperationFailed broken) {
      return Json.object();
    }
  }

  /** What it expects of who asks it; empty when that is not for us to know. */
  String token() {
    try {
      Optional<Path> file =
          Proc.path(configuration().path("tokenFile").asText("")).map(home::resolve);
      return file.isPresent() ? Files.readString(file.get()).strip() : "";
    } catch (IOException secret) {
      return "";
    }
  }

  /** Whether it uses the store of that folder: its data, its token or its configuration. */
  boolean uses(StoreFolder folder) {
    if (mark.isPresent()) {
      return folder.isAt(mark.get().root());
    }
    JsonNode conf = configuration();
    return parentOf(conf.path("data")).filter(folder::isAt).isPresent()
        || parentOf(conf.path("tokenFile")).filter(folder::isAt).isPresent()
        || conf().endsWith(Path.of("conf").resolve(conf().getFileName()))
            && folder.isAt(conf().getParent().getParent());
  }

  private Optional<Path> parentOf(JsonNode path) {
    return Optional.of(path.asText(""))
        .filter(text -> !text.isEmpty())
        .flatMap(Proc::path)
        .map(file -> home.resolve(file).normalize().getParent());
  }

  @Override
  public String toString() {
    String data = configuration().path("data").asText("");
    return "process " + id.pid() + " (" + command
        + (data.isEmpty() ? "" : ", data " + home.resolve(data).normalize()) + ")";
  }
}
