package toystore.drill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import toystore.api.StoreAddress;
import toystore.command.OptionValues;
import toystore.operations.FaultCommand;

/** Which store elsewhere to drill, and how it is broken. */
final class ElsewhereOptions {
  private static final int MAX_STOCK = 1_000_000_000;

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--url",
      paramLabel = "URL,...",
      split = ",",
      description = "Drill this store, which runs elsewhere, in the place of one of its own: the"
          + " addresses of its front-ends. Its clients use them in turn.")
  private List<String> urls = List.of();

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "With https: PEM file of the authority to trust. Default: those Java trusts.")
  private Path ca;

  @Option(
      names = "--by",
      paramLabel = "CMD",
      description = "With --url: the shell command that breaks a service and heals it, with"
          + " {action} and {service}, such as 'bin/hosts {action} {service}'.")
  private String by;

  @Option(
      names = "--actions",
      paramLabel = "ACTION,...",
      split = ",",
      defaultValue = "kill",
      description =
          "With --url: what is done to each service in turn: kill (undone by start), pause"
              + " (resume), cut, mute, deafen, slow (heal). With a service, as pause:desk, it is done"
              + " to that one only. Default: ${DEFAULT-VALUE}.")
  private List<String> actions;

  @Option(
      names = "--services",
      paramLabel = "SERVICE,...",
      split = ",",
      defaultValue = "catalog,order-1,order-2,order-3,front-end",
      description = "With --url: to which. The front-end of the second address is front-end-2. Of"
          + " a store on PostgreSQL: desk, primary, postmaster, standby. Default:"
          + " ${DEFAULT-VALUE}.")
  private List<String> services;

  @Option(
      names = "--audit",
      paramLabel = "CMD",
      description = "With --url: a shell command that audits the store after each round, such as"
          + " 'bin/hosts audit'. Default: none.")
  private String audit;

  @Option(
      names = "--stock",
      paramLabel = "N",
      defaultValue = "100",
      description = "With --url: what each toy is restocked to. Default: ${DEFAULT-VALUE}.")
  private int stock;

  @Option(
      names = "--beside",
      paramLabel = "CMD",
      description = "With --url: a shell command that says after each round for how many"
          + " milliseconds something else was away, such as the database.")
  private String beside;

  /**
   * What is to be drilled, if it runs elsewhere.
   *
   * @param rounds as many as faults where nothing was said
   */
  Optional<ElsewherePlan> plan(Optional<Integer> rounds) {
    OptionValues values = new OptionValues(command);
    values.range("--stock", stock, 1, MAX_STOCK);
    values.meaning("--services", this::allServices);
    List<RemoteFault> once = values.meaning("--actions", this::faults);
    if (ca != null && !Files.isReadable(ca)) {
      throw values.wrong("--ca: cannot read " + ca);
    }
    List<StoreAddress> frontEnds = values.meaning("--url", () -> urls.stream()
        .map(url -> StoreAddress.parse(url, ca == null ? "" : ca.toString()))
        .toList());
    Optional<FaultCommand> faults = Optional.ofNullable(by)
        .map(template -> values.meaning("--by", () -> FaultCommand.of(template)));
    requireUrl(ca, "--ca");
    requireUrl(by, "--by");
    requireUrl(audit, "--audit");
    requireUrl(beside, "--beside");
    if (!urls.isEmpty() && by == null) {
      throw values.wrong("--url: it needs --by");
    }
    return faults.map(how -> new ElsewherePlan(
        frontEnds,
        IntStream.range(0, rounds.orElse(once.size()))
            .mapToObj(round -> once.get(round % once.size()))
            .toList(),
        how,
        Optional.ofNullable(audit),
        Optional.ofNullable(beside),
        stock));
  }

  /** Those that name their service, after each of the others to each service. */
  private List<RemoteFault> faults() {
    Map<Boolean, List<String>> named =
        actions.stream().collect(Collectors.partitioningBy(word -> word.contains(":")));
    List<RemoteFault> faults = new ArrayList<>(RemoteFault.all(
        named.get(false).stream().map(RemoteFault::action).toList(), allServices()));
    named.get(true).forEach(words -> faults.add(RemoteFault.of(words)));
    return faults;
  }

  private List<String> allServices() {
    return services.stream().map(RemoteFault::service).toList();
  }

  private void requireUrl(Object value, String option) {
    if (value != null && urls.isEmpty()) {
      throw new OptionValues(command).wrong(option + ": it needs --url");
    }
  }
}
