package toystore.operations;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands on a store have: its data folder, their help, and where they write. */
@Command(exitCodeList = {"0:done", "1:it failed, and says why"})
public abstract class StoreCommand implements Callable<Integer> {
  protected static final int OK = 0;
  static final int FAILED = 1;

  @Spec
  private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder of the store's data. Default: $TOYSTORE_DATA, else data/ of the checkout.")
  private Path data;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  protected final Console console() {
    return new Console(spec.commandLine());
  }

  /** The store, which tells the person what it does. */
  final LocalStore store() {
    return store(Operator.hearing(console()::remark));
  }

  final LocalStore store(Operator operator) {
    Installation installation = Installation.find();
    return LocalStore.of(installation, root(), operator);
  }

  /** The store's data folder. */
  protected final Path root() {
    return Installation.find().data(data);
  }
}
