package toystore.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The engines that keep orders. An engine is registered by its line here: {@code bin/vertx},
 * commands and their help take it from this list, and what must know more of an engine (the
 * simulator, the makers of its files) does not compile until it does.
 */
public enum EngineName {
  PRIMARY_BACKUP("primary-backup", "toystore.order.OrderVerticle", false, true),
  RAFT("raft", "toystore.raft.RaftOrderVerticle", true, true),
  /** Desks on a PostgreSQL, which is what replicates. */
  POSTGRES("postgres", "toystore.postgres.DeskVerticle", true, false);

  /** The word of the engine of a store that was not told another one. A constant for options. */
  public static final String USUAL = "primary-backup";

  private final String word;
  private final String verticle;
  private final boolean elects;
  private final boolean hasReplicas;

  EngineName(String word, String verticle, boolean elects, boolean hasReplicas) {
    this.word = word;
    this.verticle = verticle;
    this.elects = elects;
    this.hasReplicas = hasReplicas;
  }

  /**
   * The engine of that name.
   *
   * @throws IllegalArgumentException when there is none, in words for a person
   */
  public static EngineName of(String word) {
    return Arrays.stream(values())
        .filter(engine -> engine.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("engine '" + word
            + "' is unknown: it is one of "
            + words().stream().collect(Collectors.joining(", "))));
  }

  public static EngineName usual() {
    return of(USUAL);
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(EngineName::toString).toList();
  }

  /** The name of the class that {@code bin/vertx run} starts. */
  public String verticle() {
    return verticle;
  }

  /** Whether the replicas elect their leader; else a front-end appoints it. */
  public boolean elects() {
    return elects;
  }

  /** Whether replicas keep the orders, and a catalog the toys; else a database does. */
  public boolean hasReplicas() {
    return hasReplicas;
  }

  /** Those whose replicas keep the orders. */
  public static List<EngineName> withReplicas() {
    return Arrays.stream(values()).filter(EngineName::hasReplicas).toList();
  }

  /** What the names of its replicas' files under conf/ begin with. */
  public String filePrefix() {
    return word.equals(USUAL) ? "" : word + "-";
  }

  /** Its word, as in {@code --engine}, in a replica's health and in its files. */
  @Override
  public String toString() {
    return word;
  }
}
