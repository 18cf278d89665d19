package toystore.disk;

import java.util.List;

/**
 * What a database file is, and what is in it. The file remembers all but the statements, and is
 * refused where they do not match.
 *
 * @param owner the service whose file it is, such as {@code order-2}
 * @param engine what wrote it, such as {@code primary-backup}; another engine's file is refused
 * @param version from 1; an older file is refused too until a migration exists
 * @param statements make the tables; each must change nothing where they are there already
 */
public record Schema(String owner, String engine, int version, List<String> statements) {
  public Schema {
    if (version < 1) {
      throw new IllegalArgumentException("version=" + version);
    }
    statements = List.copyOf(statements);
  }
}
