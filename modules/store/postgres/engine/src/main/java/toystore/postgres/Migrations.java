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
  private static final List<String> FILES = List.of("001-books.sql", "002-turns.sql");

  private static final String TABLES =
      """
      create schema if not exists toystore;
      create table if not exists toystore.schema_version (
        version int primary key, file text not null, applied timestamptz not null default now());
      """;
  /** Of the store's own, so that two desks that start together do not both make tables. */
  private static final String LOCK = "select pg_advisory_xact_lock(8375310)";

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
            : version > FILES.size() ? Future.failedFuture(newer(version)) : migrate(connection));
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

  private static Future<Void> migrate(SqlConnection connection) {
    return connection.begin().compose(transaction -> connection
        .query(LOCK)
        .execute()
        .compose(locked -> connection.query(TABLES).execute())
        .compose(made -> version(connection))
        .compose(version -> from(connection, version))
        .compose(done -> transaction.commit()));
  }

  private static Future<Void> from(SqlConnection connection, int version) {
    Future<Void> done = Future.succeededFuture();
    for (int next = version; next < FILES.size(); next++) {
      int file = next;
      done = done.compose(before -> run(connection, file));
    }
    return done;
  }

  private static Future<Void> run(SqlConnection connection, int file) {
    String name = FILES.get(file);
    String note = "insert into toystore.schema_version values (" + (file + 1) + ", '" + name + "')";
    return connection
        .query(text(name))
        .execute()
        .compose(applied -> connection.query(note).execute())
        .mapEmpty();
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
