package toystore.operations;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import toystore.command.OptionValues;
import toystore.model.EngineName;

@Command(
    name = "rebuild",
    description = {
      "Give an order replica new files, from the other replicas.",
      "For files that are damaged or lost. All else is started, if down; the old files are kept beside the new."
    },
    footerHeading = "%nExamples:%n",
    footer = "  bin/toystore rebuild order-2")
final class RebuildCommand extends StoreCommand {
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "REPLICA", description = "order-1, order-2 or order-3.")
  private String replica;

  @Override
  public Integer call() {
    if (Service.replicas().stream().noneMatch(each -> each.name().equals(replica))) {
      throw new OptionValues(spec)
          .wrong("REPLICA", replica, "order-1, order-2 or order-3: all else is copied nowhere");
    }
    Optional<EngineName> engine = new StoreFolder(root()).memory().map(Memory::engine);
    if (!engine.map(EngineName::hasReplicas).orElse(true)) {
      throw new OperationFailed(
          "a store on PostgreSQL has no order replicas. A node of its database"
              + " is made anew by the database's own means, as patronictl reinit");
    }
    store().rebuild(replica);
    console().line(replica + " is rebuilt");
    return OK;
  }
}
