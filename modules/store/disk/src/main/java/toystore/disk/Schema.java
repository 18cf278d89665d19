package toystore.disk;

import java.util.List;

/**
 * What a database file is, and what is in it. The file remembers all but the statements, and is
 * refused where they do not match.
 *
 * @param owner the service whose file it is, such as {@code order-2}
 * @param engine what wrote it, such as {@code primary-backup}; another engine's file is refused
 * @param loss what it means when the file is missing though it was there
 * @param version of the tables, from 1; a file with another one is refused
 * @param statements make the tables of a new file
 */
public record Schema(String owner, String engine, Loss loss, int version, List<String> statements) {

  /** What it means when the file is missing though it was there. */
  public enum Loss {
    /** A new one is made: what it held comes from other replicas, or from a log. */
    IS_MADE_GOOD,
    /** Nobody else has what it held: a new one would be a lie. */
    IS_FINAL
  }

  public Schema {
    statements = List.copyOf(statements);
  }
}
