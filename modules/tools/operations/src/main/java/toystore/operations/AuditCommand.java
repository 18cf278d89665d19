package toystore.operations;

import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import toystore.command.OptionValues;
import toystore.model.ToyBooks;

@Command(
    name = "audit",
    description = {
      "Check the promises of the running store, once it is at rest.",
      "For every toy initial + restocked = in stock + held + sold; orders for exactly what was sold;",
      "the same orders on every replica; no gaps in their numbers."
    },
    exitCodeList = {
      "0:all hold",
      "1:something is broken",
      "2:cannot tell: a service is down, no rest, or what it needs cannot be read; or wrong usage"
    },
    exitCodeOnExecutionException = 2,
    footerHeading = "%nExamples:%n",
    footer = {"  bin/toystore audit", "  bin/toystore audit --timeout 60 --json"})
final class AuditCommand extends StoreCommand {
  private static final int MAX_SECONDS = 86_400;

  @Spec
  private CommandSpec spec;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      defaultValue = "30",
      description = "How many seconds to wait for rest. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    new OptionValues(spec).range("--timeout", seconds, 1, MAX_SECONDS);
    AuditReport report = store().audit(Duration.ofSeconds(seconds));
    if (json) {
      console().line(Json.line(report.toJson()));
    } else {
      print(report);
    }
    return report.verdict().exitCode();
  }

  private void print(AuditReport report) {
    if (!report.sample().toys().isEmpty()) {
      console().table(toys(report.sample()));
      console().line("");
      console().table(replicas(report.sample()));
      console().line("");
    }
    report.findings().forEach(finding -> console().line("  " + finding));
    console().line(report.verdict().toString().toUpperCase(Locale.ROOT));
  }

  static Table toys(AuditSample sample) {
    Table table = new Table("TOY", "INITIAL", "RESTOCKED", "IN STOCK", "HELD", "SOLD", "BALANCE");
    for (ToyBooks toy : sample.toys()) {
      table.row(
          toy.name(),
          toy.initial(),
          toy.restocked(),
          toy.inStock(),
          toy.held(),
          toy.sold(),
          toy.isBalanced() ? "ok" : "WRONG");
    }
    return table;
  }

  static Table replicas(AuditSample sample) {
    Table table = new Table("REPLICA", "ORDERS", "DIGEST");
    sample.replicas().forEach((name, books) -> table.row(name, books.orders(), books.digest()));
    return table;
  }
}
