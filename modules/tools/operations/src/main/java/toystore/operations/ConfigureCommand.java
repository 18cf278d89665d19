package toystore.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
          + " catalog,order-1'. A second line with front-end is a second front-end. With the engine"
          + " postgres there are desk-1, desk-2 and front-end.",
      "Makes a folder DIR/ADDRESS for each machine, with the configuration of its services and the"
          + " secret token: what conf/systemd/install.sh wants there, but for the archive. DIR"
          + " itself has the configuration of all services, and the token, which is kept when it"
          + " is there already."
    },
    exitCodeList = {"0:written", "1:a file cannot be read or written"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/toystore configure hosts.txt",
      "  bin/toystore configure hosts.txt --tls --engine raft --out deploy-raft",
      "  bin/toystore configure hosts.txt --tls --engine postgres --password-file password.txt"
          + " --postgres postgresql://toystore@10.0.0.11,10.0.0.12,10.0.0.13/toystore"
    })
final class ConfigureCommand implements Callable<Integer> {
  private static final int MAX_STOCK = 1_000_000_000;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

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
      description = "How the replicas agree: primary-backup or raft; or postgres, for desks on the"
          + " database that --postgres names. Default: ${DEFAULT-VALUE}.")
  private String engine;

  @Mixin
  private DatabaseOptions database;

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
    if (stock != null) {
      values.range("--stock", stock, 1, MAX_STOCK);
    }
    if (cache != null && !cache.equals("on") && !cache.equals("off")) {
      throw values.wrong("--cache", cache, "on or off");
    }
    Optional<GivenDatabase> given = given(chosen);
    List<Service> known = chosen.hasReplicas() ? Service.all(1) : Service.ofDesks(false, 1);
    HostList machines = values.meaning("HOSTS", () -> machines(known));
    Map<Service, ObjectNode> services = services(machines, known, chosen, given);
    StoreFolder store = new StoreFolder(out.toAbsolutePath().normalize());
    services.forEach((service, conf) -> Json.write(store.conf(service), conf));
    store.remember(new Memory(chosen, OptionalInt.empty(), machines.frontEnds())
        .with(given.map(HostPlacement::placed)));
    store.makeToken();
    services.forEach((service, conf) -> {
      Path folder = store.root().resolve(machines.address(service));
      writeFor(folder, service, conf);
      copy(store.token(), folder.resolve("token"));
      if (service.kind() != Service.ServiceKind.CATALOG
          && service.kind() != Service.ServiceKind.FRONT_END) {
        writeEngine(folder, chosen);
      }
      if (service.kind() == Service.ServiceKind.DESK) {
        given.ifPresent(one -> copyFiles(one, folder));
      }
    });
    return StoreCommand.OK;
  }

  private Optional<GivenDatabase> given(EngineName chosen) {
    Optional<GivenDatabase> given = database.value();
    if (given.isPresent() && chosen.hasReplicas()) {
      throw new OperationFailed("--postgres is for the engine postgres: use --engine postgres too");
    }
    if (given.isEmpty() && !chosen.hasReplicas()) {
      throw new OperationFailed("the desks of the engine postgres need a database: name it with"
          + " --postgres, as postgresql://user@host,host/name");
    }
    return given;
  }

  private HostList machines(List<Service> known) {
    try {
      return HostList.parse(Files.readAllLines(hosts), known);
    } catch (CharacterCodingException e) {
      throw new OperationFailed(hosts + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw FileTrouble.failure("cannot read " + hosts, e);
    }
  }

  private Map<Service, ObjectNode> services(
      HostList machines, List<Service> known, EngineName chosen, Optional<GivenDatabase> given) {
    Configuration configuration = new Configuration(
            Preparation.templates(Installation.find().conf(), chosen, known))
        .withCache(Optional.ofNullable(cache).map("on"::equals));
    given.map(HostPlacement::placed).ifPresent(configuration::with);
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
  private static void writeFor(Path folder, Service service, ObjectNode conf) {
    String name = service.kind() == Service.ServiceKind.FRONT_END ? "front-end" : service.name();
    Json.write(folder.resolve(name + ".json"), conf);
  }

  private static void copyFiles(GivenDatabase database, Path folder) {
    database
        .authority()
        .ifPresent(file -> copy(file, folder.resolve(HostPlacement.DATABASE_AUTHORITY)));
    database.passwordFile().ifPresent(file -> {
      Path password = folder.resolve(HostPlacement.PASSWORD);
      try {
        Files.deleteIfExists(password);
        // Owner-only from its first moment.
        Files.createFile(password, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.write(password, Files.readAllBytes(file));
      } catch (IOException e) {
        throw FileTrouble.failure("cannot write " + password, e);
      }
    });
  }

  private static void copy(Path file, Path place) {
    try {
      Files.copy(
          file, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw FileTrouble.failure("cannot write " + place, e);
    }
  }

  /** The unit of a replica reads from there which engine to run, and commands which one it is. */
  private static void writeEngine(Path folder, EngineName engine) {
    Path file = folder.resolve("toystore.env");
    try {
      Files.writeString(file, "ORDER_VERTICLE=" + engine.verticle() + "\n");
    } catch (IOException e) {
      throw FileTrouble.failure("cannot write " + file, e);
    }
  }
}
