package toystore.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import toystore.command.OptionValues;
import toystore.model.EngineName;

@Command(
    name = "configure",
    description = {
      "Write the configuration of a store that runs on machines of its own.",
      "Reads which service is on which machine, a line each: '10.0.0.12 order-1', or '10.0.0.12"
          + " catalog,order-1'. A second line with front-end is a second front-end.",
      "Makes a folder DIR/ADDRESS for each machine, with the configuration of its services and the"
          + " secret token: what conf/systemd/install.sh wants there, but for the archive. DIR"
          + " itself has the configuration of all services, and the token, which is kept when it"
          + " is there already."
    },
    exitCodeList = {"0:written", "1:a line is wrong, or a file cannot be written"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/toystore configure hosts.txt",
      "  bin/toystore configure hosts.txt --tls --engine raft --out deploy-raft"
    })
final class ConfigureCommand implements Callable<Integer> {
  private static final int MAX_STOCK = 1_000_000_000;

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "HOSTS", description = "File: which service is on which machine.")
  private Path hosts;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "deploy",
      description = "Where to write to. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "primary-backup",
      description = "How the replicas agree: primary-backup or raft. Default: ${DEFAULT-VALUE}.")
  private String engine;

  @Option(
      names = "--cache",
      paramLabel = "on|off",
      description = "Whether the front-ends cache products. Default: as configured.")
  private String cache;

  @Option(
      names = "--stock",
      paramLabel = "N",
      description = "What each toy starts with and is restocked to. Default: as configured (100).")
  private Integer stock;

  @Option(
      names = "--tls",
      description = "Services talk by TLS, to each other and to customers, with the certificates"
          + " that conf/systemd/certificates.sh makes.")
  private boolean tls;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Override
  public Integer call() {
    OptionValues values = new OptionValues(spec);
    EngineName chosen = values.meaning("--engine", () -> EngineName.of(engine));
    if (!chosen.hasReplicas()) {
      throw values.wrong(
          "--engine",
          engine,
          "an engine with replicas; how desks are set up on machines says docs/postgres.md");
    }
    if (stock != null) {
      values.range("--stock", stock, 1, MAX_STOCK);
    }
    if (cache != null && !cache.equals("on") && !cache.equals("off")) {
      throw values.wrong("--cache", cache, "on or off");
    }
    HostList machines = values.meaning("HOSTS", this::machines);
    Map<Service, ObjectNode> services = services(machines, chosen);
    StoreFolder store = new StoreFolder(out.toAbsolutePath().normalize());
    services.forEach((service, conf) -> Json.write(store.conf(service), conf));
    store.remember(new Memory(chosen, OptionalInt.empty(), machines.frontEnds()));
    store.makeToken();
    services.forEach((service, conf) -> writeFor(machines.address(service), service, conf, store));
    for (Service replica : Service.replicas()) {
      writeEngine(store.root().resolve(machines.address(replica)), chosen);
    }
    return StoreCommand.OK;
  }

  private HostList machines() {
    try {
      return HostList.parse(Files.readAllLines(hosts));
    } catch (CharacterCodingException e) {
      throw new OperationFailed(hosts + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw FileTrouble.failure("cannot read " + hosts, e);
    }
  }

  private Map<Service, ObjectNode> services(HostList machines, EngineName chosen) {
    Configuration configuration = new Configuration(
            Preparation.templates(Installation.find().conf(), chosen, Service.all(1)))
        .withCache(Optional.ofNullable(cache).map("on"::equals));
    if (stock != null) {
      configuration.withStock(stock);
    }
    Map<Service, ObjectNode> services = configuration.services();
    // Each on a machine of its own, they all have the ports of the first.
    for (int id = 2; id <= machines.frontEnds(); id++) {
      services.put(Service.frontEnd(id), services.get(Service.frontEnd(1)).deepCopy());
    }
    new HostPlacement(machines, chosen, tls).apply(services);
    return services;
  }

  /** On its machine each front-end is the only one, and has the plain name. */
  private static void writeFor(
      String address, Service service, ObjectNode conf, StoreFolder store) {
    Path folder = store.root().resolve(address);
    String name = service.kind() == Service.ServiceKind.FRONT_END ? "front-end" : service.name();
    Json.write(folder.resolve(name + ".json"), conf);
    Path token = folder.resolve("token");
    try {
      Files.copy(
          store.token(),
          token,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw FileTrouble.failure("cannot write " + token, e);
    }
  }

  /** The unit of a replica reads from there which engine to run. */
  private static void writeEngine(Path folder, EngineName engine) {
    Path file = folder.resolve("toystore.env");
    try {
      Files.writeString(file, "ORDER_VERTICLE=" + engine.verticle() + "\n");
    } catch (IOException e) {
      throw FileTrouble.failure("cannot write " + file, e);
    }
  }
}
