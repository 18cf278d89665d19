package toystore.simulation;

import java.util.Arrays;

/** How the order replicas find their leader. */
public enum EngineName {
  PRIMARY_BACKUP("primary-backup"),
  RAFT("raft");

  private final String word;

  EngineName(String word) {
    this.word = word;
  }

  /** The engine of this name, as in the configuration. */
  public static EngineName of(String word) {
    return Arrays.stream(values())
        .filter(engine -> engine.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no engine " + word));
  }

  @Override
  public String toString() {
    return word;
  }
}
