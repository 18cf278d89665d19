package toystore.operations;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import toystore.command.EngineWords;
import toystore.command.OptionValues;
import toystore.model.EngineName;

/** The engine of a store that is made of files. */
final class EngineOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      completionCandidates = EngineWords.class,
      description = "How replicas agree: ${COMPLETION-CANDIDATES}. Default: as in the old store.")
  private String engine;

  /** Empty where nothing was said. */
  Optional<EngineName> value() {
    return Optional.ofNullable(engine)
        .map(word -> new OptionValues(spec).meaning("--engine", () -> EngineName.of(word)));
  }
}
