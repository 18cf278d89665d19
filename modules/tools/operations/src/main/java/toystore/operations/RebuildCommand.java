package toystore.operations;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import toystore.command.OptionValues;

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
    store().rebuild(replica);
    console().line(replica + " is rebuilt");
    return OK;
  }
}
