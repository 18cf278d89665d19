package toystore.operations;

import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import toystore.backup.Manifest;

@Command(
    name = "backup",
    description = {
      "Copy all orders, keys and stock of one moment to a new folder, while the store runs.",
      "The copy is read again and checked before the folder gets its name."
          + " It holds purchase keys: only its owner can read it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/toystore backup /backups/toystore-monday",
      "  bin/toystore restore /backups/toystore-monday --data /srv/toystore"
    })
final class BackupCommand extends StoreCommand {
  @Mixin
  private CutLimitOption limit;

  @Parameters(paramLabel = "DIR", description = "The folder to make; nothing may be there yet.")
  private Path target;

  @Option(
      names = "--of-copies",
      description = "The data folder holds copies of files, the catalog's made before the orders':"
          + " leave orders out that it does not know.")
  private boolean ofCopies;

  @Override
  public Integer call() {
    Duration untilDecided = limit.value();
    Manifest made = store().archive().backup(target, untilDecided, ofCopies);
    console()
        .line("backup " + target + ": " + made.orders() + " orders of " + made.toys() + " toys, "
            + made.holds() + " purchases under way, at " + made.time());
    return OK;
  }
}
