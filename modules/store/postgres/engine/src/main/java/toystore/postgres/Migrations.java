package toystore.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import toystore.edge.StartException;

/**
 * Brings a database's schema to this program's version: each file of a numbered list once, in
 * order, in one transaction. A schema of a later version is refused.
 */
final class Migrations {
  /** Never changed once released: what is to be other comes as a further file. */
  private static final List<String> FILES =
      List.of("001-books.sql", "002-turns.sql", "003-partitions.sql");

  private static final String TABLES =
      """
      create schema if not exists toystore;
      create table if not exists toystore.schema_version (
        version int primary key, file text not null, applied timestamptz not null default now());
      """;
  /**
   * Of the store's own, so that two desks that start together do not both make tables. Waited for
   * briefly, for a desk that waits comes again, and each time with a further connection.
   */
  private static final String LOCK =
      """
      select set_config('lock_timeout', '2000', true);
      select pg_advisory_xact_lock(8375310);
      select set_config('lock_timeout', '0', true);
      """;

  private static final String VERSION =
      "select coalesce(max(version), 0) from toystore.schema_version";
  private static final String IS_THERE =
      "select to_regclass('toystore.schema_version') is not null";

  private Migrations() {}

  /** Fails with a {@link StartException} where the schema is of a later version. */
  static Future<Void> apply(SqlConnection connection) {
    return known(connection)
        .compose(version -> version == FILES.size()
            ? Future.succeededFuture()
            : version > FILES.size()
                ? Future.failedFuture(newer(version))
                : migrate(connection, version));
  }

  private static StartException newer(int version) {
    return new StartException("the database has schema " + version + ", and this program knows "
        + FILES.size() + " at most: start a program that is as new");
  }

  private static Future<Integer> known(SqlConnection connection) {
    return connection
        .query(IS_THERE)
        .execute()
        .compose(rows ->
            rows.iterator().next().getBoolean(0) ? version(connection) : Future.succeededFuture(0));
  }

  private static Future<Integer> version(SqlConnection connection) {
    return connection.query(VERSION).execute().map(rows -> rows.iterator()
        .next()
        .getInteger(0));
  }

  /**
   * All in one message, which the database carries out as one transaction to its end: a desk that
   * gives up its connection meanwhile, because many orders take long, finds it done later.
   */
  private static Future<Void> migrate(SqlConnection connection, int version) {
    StringBuilder all = new StringBuilder(LOCK).append(TABLES);
    for (int next = version; next < FILES.size(); next++) {
      String name = FILES.get(next);
      // First of all, so that it fails at once where another desk has applied the file meanwhile.
      all.append("insert into toystore.schema_version values (")
          .append(next + 1)
          .append(", '")
          .append(name)
          .append("');")
          .append(text(name));
    }
    return connection.query(all.toString()).execute().<Void>mapEmpty().recover(failure -> known(
            connection)
        .compose(
            now -> now == FILES.size() ? Future.succeededFuture() : Future.failedFuture(failure)));
  }

  private static String text(String file) {
    try (InputStream in = Migrations.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
