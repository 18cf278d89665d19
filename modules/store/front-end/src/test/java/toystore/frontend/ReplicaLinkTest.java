package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.edge.Metrics;
import toystore.edge.RequestTrail;
import toystore.edge.Token;
import toystore.model.PurchaseRequest;

class ReplicaLinkTest {
  @TempDir
  private Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private ReplicaLink link;
  private FakeReplicas replicas;

  @BeforeEach
  void open() {
    JsonObject json = FakeStore.configuration(folder, 1);
    replicas = new FakeReplicas(vertx, Token.of(FakeStore.TOKEN));
    FakeStore.await(replicas.start());
    for (int id = 1; id <= 3; id++) {
      json.getJsonArray("replicas")
          .add(new JsonObject().put("id", id).put("address", "127.0.0.1:" + replicas.port(id)));
    }
    replicas.lead(3, 1);
    FakeStore.await(replicas.kill(1));
    FakeStore.await(replicas.kill(2));
    link = new ReplicaLink(
        vertx, FrontEndConfig.of(json), RequestTrail.ofThisProcess(), Metrics.ofService("test"), 3);
  }

  @AfterEach
  void close() {
    FakeStore.await(vertx.close());
  }

  private <A> Future<A> onLoop(Supplier<Future<A>> act) {
    Promise<A> done = Promise.promise();
    loop.runOnContext(none -> act.get().onComplete(done));
    return done.future();
  }

  @Test
  void aQueryIsStillAnsweredWhenPurchasesAreGivenUp() {
    replicas.holdQueries();
    Future<?> query = onLoop(() -> link.find(0));
    Future<?> purchase = onLoop(() -> link.buy(new PurchaseRequest("k", "Tux", 1), 1));
    FakeStore.awaitThat(() -> replicas.queriesHeld() == 1);

    onLoop(() -> {
      link.abandonPurchases();
      return Future.succeededFuture();
    });

    FakeStore.awaitThat(purchase::failed);
    assertFalse(query.isComplete());
    replicas.letQueriesGo();
    FakeStore.awaitThat(query::isComplete);
    assertTrue(query.succeeded());
  }
}
