package toystore.operations;

import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import toystore.backup.Export;

@Command(
    name = "export",
    description = {
      "Write all orders, keys and stock of one moment to a new file, while the store runs.",
      "One JSON object a line; another engine can import it, also from and to PostgreSQL."
          + " It holds purchase keys: only its owner can read it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/toystore export store.jsonl",
      "  bin/toystore import store.jsonl --engine raft --data other"
    })
final class ExportCommand extends StoreCommand {
  @Mixin
  private CutLimitOption limit;

  @Parameters(paramLabel = "FILE", description = "The file to make; nothing may be there yet.")
  private Path target;

  @Override
  public Integer call() {
    Duration untilDecided = limit.value();
    Export made = store().archive().export(target, untilDecided);
    console()
        .line("exported to " + target + ": " + made.orders() + " orders of " + made.toys()
            + " toys, " + made.holds() + " purchases under way, at " + made.time());
    return OK;
  }
}
