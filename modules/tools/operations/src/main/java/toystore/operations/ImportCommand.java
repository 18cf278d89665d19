package toystore.operations;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import toystore.backup.Export;
import toystore.model.EngineName;

@Command(
    name = "import",
    description = {
      "Make a store of an export, in a folder that has none.",
      "All of the file is checked; the same keys have the same order numbers."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/toystore import store.jsonl --engine raft --data other",
      "  bin/toystore import store.jsonl --engine postgres --data data-postgres"
    })
final class ImportCommand extends StoreCommand {
  @Parameters(paramLabel = "FILE", description = "A file that export has made.")
  private Path file;

  @Mixin
  private EngineOption engine;

  @Mixin
  private DatabaseOptions database;

  @Override
  public Integer call() {
    Optional<EngineName> chosen = engine.value();
    boolean toDatabase = chosen.filter(each -> !each.hasReplicas()).isPresent();
    if (!toDatabase && database.value().isPresent()) {
      throw new OperationFailed("--postgres is for the engine postgres: use --engine postgres too");
    }
    Export made = toDatabase
        ? store().archive().importToDatabase(file, database.value())
        : store().archive().restoreExport(file, chosen);
    console()
        .line("imported to " + root() + ": " + made.orders() + " orders of " + made.toys()
            + " toys, " + made.holds() + " purchases under way, as of " + made.time()
            + "; start it with up");
    return OK;
  }
}
