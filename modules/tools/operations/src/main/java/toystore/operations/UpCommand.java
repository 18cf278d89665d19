package toystore.operations;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import toystore.command.EngineWords;
import toystore.command.OptionValues;
import toystore.model.EngineName;

@Command(
    name = "up",
    description = {
      "Start the store and wait until it serves.",
      "Says every few seconds what it waits for; a service that ends is reported at once.",
      "Prints its addresses and leaves it running. Data from before is resumed; what runs already is left alone."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/toystore up",
      "  bin/toystore up --engine raft --data data-raft --free-ports",
      "  bin/toystore up --engine postgres --data data-postgres --free-ports",
      "  bin/toystore up --stock 1000000 --cache off",
      "  bin/toystore up --lab"
    })
final class UpCommand extends WaitingCommand {
  /** As the catalog has it. */
  private static final int MAX_STOCK = 1_000_000_000;

  private static final int MAX_FRONT_ENDS = 9;

  @Spec
  private CommandSpec spec;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      completionCandidates = EngineWords.class,
      description = "How the replicas agree: ${COMPLETION-CANDIDATES}. Default: " + EngineName.USUAL
          + ". Fixed for a data folder.")
  private String engine;

  @Option(
      names = "--cache",
      paramLabel = "on|off",
      description = "Whether the front-end caches products. Default: as configured.")
  private String cache;

  @Option(
      names = "--stock",
      paramLabel = "N",
      description = "What each toy starts with and is restocked to. Default: as configured (100).")
  private Integer stock;

  @Option(
      names = "--conf",
      paramLabel = "DIR",
      description = "Folder of the configuration files. Default: conf/ of the checkout.")
  private Path conf;

  @Option(
      names = "--free-ports",
      description =
          "Use free ports in place of the configured ones: a second store beside another.")
  private boolean freePorts;

  @Option(
      names = "--front-ends",
      paramLabel = "N",
      description = "How many front-ends to run (front-end, front-end-2, ...). Default: 1.")
  private Integer frontEnds;

  @Mixin
  private DatabaseOptions database;

  @Option(
      names = "--lab",
      description = {
        "Serve the lab, too: the console with buttons that break the store, a load, and a guided",
        "tour. On loopback only; services then call each other by lines that can be cut."
      })
  private boolean lab;

  @Mixin
  private StartLimitOptions limit;

  @Override
  int work(LocalStore store) {
    boolean started = store.up(options(), limit.limit());
    console().line(started ? "The store is up:" : "The store is up already:");
    store.addresses().forEach(address -> console().line("  " + address));
    store.lab().address().ifPresent(address -> console()
        .line("Its lab:\n  " + address.resolve("/console")));
    return OK;
  }

  private UpOptions options() {
    UpOptions options = UpOptions.defaults().with(database.value());
    if (engine != null) {
      options = options.withEngine(values().meaning("--engine", () -> EngineName.of(engine)));
    }
    if (cache != null) {
      options = options.withCache(onOrOff(cache));
    }
    if (stock != null) {
      values().range("--stock", stock, 1, MAX_STOCK);
      options = options.withStock(stock);
    }
    if (conf != null) {
      values().folder("--conf", conf);
      options = options.withConf(conf.toAbsolutePath());
    }
    if (frontEnds != null) {
      values().range("--front-ends", frontEnds, 1, MAX_FRONT_ENDS);
      options = options.withFrontEnds(frontEnds);
    }
    options = freePorts ? options.withFreePorts() : options;
    return lab ? options.withLab() : options;
  }

  private boolean onOrOff(String word) {
    return switch (word) {
      case "on" -> true;
      case "off" -> false;
      default -> throw values().wrong("--cache", word, "on or off");
    };
  }

  private OptionValues values() {
    return new OptionValues(spec);
  }
}
