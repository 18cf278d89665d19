package toystore.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import toystore.command.OptionValues;

@Command(
    name = "orders",
    description = {
      "Print a replica's committed orders, one JSON object a line; of a store on PostgreSQL, its.",
      "In number order, straight from its database file: it may run or be down. A file that is older"
          + " than the mark beside it is printed too, and that is said."
    },
    exitCodeOnExecutionException = 4,
    exitCodeList = {"0:done", "4:there is no such file, or it cannot be read"},
    footerHeading = "%nExamples:%n",
    footer = {"  bin/toystore orders --replica 1", "  bin/toystore orders --replica 3 | wc -l"})
final class OrdersCommand extends StoreCommand {
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--replica",
      paramLabel = "N",
      description = "1, 2 or 3; not of a store on PostgreSQL.")
  private Integer replica;

  @Override
  public Integer call() {
    Console console = console();
    StringBuilder lines = new StringBuilder();
    if (replica == null) {
      store().books().orders(order -> add(order, lines, console));
      console.text(lines.toString());
      return OK;
    }
    new OptionValues(spec).range("--replica", replica, 1, Service.REPLICAS);
    try (OrderFile file = OrderFile.open(store().orders(replica))) {
      file.doubt().ifPresent(doubt -> console.remark("toystore: " + doubt));
      file.forEach(order -> add(order, lines, console));
    }
    console.text(lines.toString());
    return OK;
  }

  /** A write for every line would take longer than reading them. */
  private static void add(ObjectNode order, StringBuilder lines, Console console) {
    lines.append(Json.line(order)).append('\n');
    if (lines.length() > 1 << 16) {
      console.text(lines.toString());
      lines.setLength(0);
    }
  }
}
