package toystore.operations;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import toystore.command.OptionValues;

/** The engine of a store that is made of files. */
final class EngineOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = "How replicas agree: primary-backup or raft. Default: as in the old store.")
  private String engine;

  /** Empty where nothing was said. */
  Optional<EngineChoice> value() {
    return Optional.ofNullable(engine)
        .map(word -> new OptionValues(spec).meaning("--engine", () -> EngineChoice.of(word)));
  }
}
