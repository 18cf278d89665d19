package toystore.evaluation;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import toystore.api.StoreAddress;
import toystore.command.OptionValues;
import toystore.command.Stamp;
import toystore.operations.FaultCommand;
import toystore.operations.OperationFailed;

/** Which store elsewhere to measure, and how to break it. */
final class RemoteOptions {
  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Measure this store, which runs elsewhere, in the place of two of its own.")
  private String url;

  @Option(
      names = "--nocache-url",
      paramLabel = "URL",
      description = "The same store without its cache (a second one, started with --cache off)."
          + " Without it there is nothing to compare with.")
  private String nocacheUrl;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "With https: PEM file of the authority to trust. Default: those Java trusts.")
  private Path ca;

  @Option(
      names = "--faults",
      paramLabel = "CMD",
      defaultValue = FaultCommand.NONE,
      description = "Also kill replicas of --url under load, by this shell command with {action}"
          + " (kill or start) and {service} (order-1 to order-3; on PostgreSQL desk-1, desk-2, and"
          + " database, if it can); or none."
          + " Default: ${DEFAULT-VALUE}.")
  private String faults;

  @Option(
      names = "--store-machine",
      paramLabel = "TEXT",
      description = "What the store of --url runs on, to be told with the results, such as"
          + " 'm5a.xlarge, us-east-1'.")
  private String machine;

  /** Whether a store elsewhere is to be measured. Refuses what only makes sense with one. */
  boolean isGiven(boolean engineGiven) {
    boolean given = url != null;
    Stream.of("--url", "--nocache-url").forEach(this::addressOf);
    boolean crashes = faults().isPresent();
    require(given || nocacheUrl == null, "--nocache-url: it needs --url");
    require(given || !crashes, "--faults: it needs --url");
    require(given || ca == null, "--ca: it needs --url");
    require(given || machine == null, "--store-machine: it needs --url");
    require(!given || !engineGiven, "--engine: it is for stores of this command's own");
    require(ca == null || Files.isReadable(ca), "--ca: cannot read " + ca);
    return given;
  }

  /**
   * The stores, looked at before anything is measured.
   *
   * @throws OperationFailed saying what is wrong with one
   */
  StorePair stores(Vertx vertx, Consumer<String> remarks) {
    StoreAddress cached = addressOf("--url").orElseThrow();
    Optional<StoreAddress> uncached = addressOf("--nocache-url");
    String remark = new RemoteCheck(vertx).check(cached, uncached);
    if (!remark.isEmpty()) {
      remarks.accept(remark);
    }
    return new StorePair(MeasuredStore.elsewhere(cached), uncached.map(MeasuredStore::elsewhere));
  }

  /** Where they are. */
  Stamp.Elsewhere elsewhere() {
    Spread roundTrips = Distance.measure(addressOf("--url").orElseThrow());
    return new Stamp.Elsewhere(
        machine == null ? "elsewhere" : machine,
        roundTrips.min(),
        roundTrips.median(),
        roundTrips.max());
  }

  /** How replicas are killed and started, if they are to be. */
  Optional<FaultCommand> faults() {
    return faults.equals(FaultCommand.NONE)
        ? Optional.empty()
        : Optional.of(new OptionValues(command).meaning("--faults", () -> FaultCommand.of(faults)));
  }

  private Optional<StoreAddress> addressOf(String option) {
    String given = option.equals("--url") ? url : nocacheUrl;
    try {
      return Optional.ofNullable(given)
          .map(text -> StoreAddress.parse(text, ca == null ? "" : ca.toString()));
    } catch (IllegalArgumentException e) {
      throw new OptionValues(command).wrong(option + ": " + e.getMessage());
    }
  }

  private void require(boolean holds, String complaint) {
    if (!holds) {
      throw new OptionValues(command).wrong(complaint);
    }
  }
}
