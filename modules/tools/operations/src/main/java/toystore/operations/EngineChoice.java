package toystore.operations;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How the order replicas agree. */
public enum EngineChoice {
  PRIMARY_BACKUP("primary-backup", "toystore.order.OrderVerticle", ""),
  RAFT("raft", "toystore.raft.RaftOrderVerticle", "raft-");

  private final String word;
  private final String verticle;
  private final String templatePrefix;

  EngineChoice(String word, String verticle, String templatePrefix) {
    this.word = word;
    this.verticle = verticle;
    this.templatePrefix = templatePrefix;
  }

  /**
   * The engine of that name.
   *
   * @throws OperationFailed when there is none
   */
  public static EngineChoice of(String word) {
    return Arrays.stream(values())
        .filter(engine -> engine.word.equals(word))
        .findFirst()
        .orElseThrow(
            () -> new OperationFailed("engine '" + word + "' is unknown: it is one of " + words()));
  }

  static String words() {
    return Arrays.stream(values()).map(EngineChoice::toString).collect(Collectors.joining(", "));
  }

  String verticle() {
    return verticle;
  }

  /** The file under conf/ that configures a replica of this engine. */
  String template(Service replica) {
    return templatePrefix + replica.name() + ".json";
  }

  @Override
  public String toString() {
    return word;
  }
}
