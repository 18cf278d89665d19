package toystore.drill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import toystore.api.StoreAddress;
import toystore.command.OptionValues;
import toystore.operations.FaultCommand;
import toystore.operations.FaultCommand.FaultRequest;

/** Which store elsewhere to drill, and how it is broken. */
final class ElsewhereOptions {
  private static final int MAX_STOCK = 1_000_000_000;
  private static final List<FaultRequest> HARM = List.of(
      FaultRequest.KILL,
      FaultRequest.CUT,
      FaultRequest.MUTE,
      FaultRequest.DEAFEN,
      FaultRequest.SLOW);

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
      description = "With --url: what is done to each service in turn: kill (undone by start), cut,"
          + " mute, deafen, slow (undone by heal). Default: ${DEFAULT-VALUE}.")
  private List<String> actions;

  @Option(
      names = "--services",
      paramLabel = "SERVICE,...",
      split = ",",
      defaultValue = "catalog,order-1,order-2,order-3,front-end",
      description = "With --url: to which. The front-end of the second address is front-end-2."
          + " Default: ${DEFAULT-VALUE}.")
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

  /** What is to be drilled, if it runs elsewhere. */
  Optional<ElsewherePlan> plan() {
    OptionValues values = new OptionValues(command);
    values.range("--stock", stock, 1, MAX_STOCK);
    List<FaultRequest> harm = values.meaning(
        "--actions", () -> actions.stream().map(ElsewhereOptions::action).toList());
    values.meaning(
        "--services", () -> services.stream().map(ElsewhereOptions::service).toList());
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
    if (!urls.isEmpty() && by == null) {
      throw values.wrong("--url: it needs --by");
    }
    return faults.map(how -> new ElsewherePlan(
        frontEnds, RemoteFault.all(harm, services), how, Optional.ofNullable(audit), stock));
  }

  private void requireUrl(Object value, String option) {
    if (value != null && urls.isEmpty()) {
      throw new OptionValues(command).wrong(option + ": it needs --url");
    }
  }

  private static FaultRequest action(String word) {
    return HARM.stream()
        .filter(action -> action.toString().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("'" + word + "' is not kill, cut, mute, deafen or slow"));
  }

  private static String service(String word) {
    if (!word.matches("catalog|order-[123]|front-end(-[2-9])?")) {
      throw new IllegalArgumentException(
          "'" + word + "' is not catalog, order-1, order-2, order-3, front-end or front-end-2");
    }
    return word;
  }
}
