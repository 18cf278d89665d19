package toystore.operations;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "restart",
    description = {
      "Restart services of a store that runs, one at a time, so that customers do not notice.",
      "With a newer build or release at hand it is an upgrade. A replica is restarted when the others"
          + " are level, the leader last; another front-end serves on the same port meanwhile; and"
          + " who needs the catalog is told to wait for it.",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/toystore restart             all services, in the right order",
      "  bin/toystore restart order-3 catalog"
    })
final class RestartCommand extends WaitingCommand {
  @Parameters(
      paramLabel = "SERVICE",
      arity = "0..*",
      description = "catalog, order-1, order-2, order-3 or front-end. Default: all.")
  private List<String> services = List.of();

  @Mixin
  private StartLimitOptions limit;

  @Override
  int work(LocalStore store) {
    store.restart(services, limit.limit());
    console()
        .line(
            services.isEmpty()
                ? "All services were restarted."
                : String.join(", ", services) + (services.size() == 1 ? " was" : " were")
                    + " restarted");
    return OK;
  }
}
