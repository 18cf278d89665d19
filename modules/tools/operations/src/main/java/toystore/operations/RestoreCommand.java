package toystore.operations;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import toystore.backup.Export;
import toystore.backup.NewCatalog.MadeCatalog;
import toystore.model.EngineName;

@Command(
    name = "restore",
    description = {
      "Make a store of a backup: catalog and all replicas, in a folder that has none.",
      "Orders that came after the backup are lost, and their numbers are given again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/toystore restore /backups/toystore-monday --data /srv/toystore",
      "  bin/toystore up --data /srv/toystore"
    })
final class RestoreCommand extends StoreCommand {
  @Parameters(paramLabel = "DIR", description = "A folder that backup has made.")
  private Path backup;

  @Mixin
  private EngineOption engine;

  @Option(
      names = "--replace",
      description = "Put the files of a store that is there aside; they are kept beside the new.")
  private boolean replace;

  @Option(
      names = "--catalog-only",
      description = "Make the catalog only, for replicas that are there: toys of the backup, and"
          + " the replicas' orders. Restocks since the backup are not known, so toys may have"
          + " less than they had, and never more.")
  private boolean catalogOnly;

  @Override
  public Integer call() {
    if (catalogOnly) {
      MadeCatalog made = store().archive().restoreCatalog(backup, replace);
      console()
          .line("the catalog in " + root() + " is made anew: " + made.orders() + " orders, "
              + (made.orders() - made.before()) + " of them since the backup, and " + made.holds()
              + " purchases under way; start it with up");
      return OK;
    }
    Optional<EngineName> chosen = engine.value();
    Export made = store().archive().restore(backup, chosen, replace);
    console()
        .line("restored to " + root() + ": " + made.orders() + " orders of " + made.toys()
            + " toys, " + made.holds() + " purchases under way, as of " + made.time()
            + "; start it with up");
    return OK;
  }
}
