package toystore.evaluation;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import toystore.evaluation.ClosedLoops.LoadedConnection;
import toystore.operations.OperationFailed;

/**
 * What a PostgreSQL does by itself: over each connection one small transaction after the other, a
 * row in a table like that of orders. Its numbers may have gaps, no stock is taken and no key is
 * looked up, so a store cannot do it like that; but it is what one transaction a purchase could
 * reach at most.
 */
final class CommitLoad {
  private static final String TABLE =
      """
      create schema if not exists plain;
      create table if not exists plain.commits (
        number bigint generated always as identity primary key,
        key text not null unique, toy text not null, quantity int not null)
      """;
  private static final String COMMIT =
      "insert into plain.commits (key, toy, quantity) values ($1, $2, 1)";

  private final Vertx vertx;
  private final PgConnectOptions database;

  CommitLoad(Vertx vertx, PgConnectOptions database) {
    this.vertx = vertx;
    this.database = database;
  }

  /**
   * Runs it.
   *
   * @throws OperationFailed when a connection cannot be made
   */
  Throughput run(int connections, Duration warmUp, Duration load) throws InterruptedException {
    Promise<Throughput> end = Promise.promise();
    Context loop = vertx.getOrCreateContext();
    loop.runOnContext(start -> connect(connections)
        .compose(open -> table(open.get(0))
            .compose(there -> new ClosedLoops(warmUp, load)
                .run(open.stream().map(this::loaded).toList()))
            .eventually(() -> Future.join(open.stream().map(PgConnection::close).toList())))
        .onComplete(end));
    try {
      return end.future().toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw new OperationFailed("no plain commits: " + e.getCause().getMessage(), e);
    }
  }

  private Future<List<PgConnection>> connect(int count) {
    List<Future<PgConnection>> connections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      connections.add(PgConnection.connect(vertx, database));
    }
    return Future.all(connections).map(all -> all.list());
  }

  private static Future<Void> table(PgConnection connection) {
    return connection.query(TABLE).execute().mapEmpty();
  }

  private LoadedConnection loaded(PgConnection connection) {
    return turn -> connection
        .preparedQuery(COMMIT)
        .execute(Tuple.of(UUID.randomUUID().toString(), "Tux"))
        .map(done -> true);
  }
}
