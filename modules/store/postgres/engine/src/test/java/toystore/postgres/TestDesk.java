package toystore.postgres;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import toystore.desk.DeskCore;
import toystore.desk.DeskOptions;
import toystore.desk.DeskOptions.DeskBounds;
import toystore.desk.DeskOptions.DeskTimes;
import toystore.desk.DeskStatus;
import toystore.edge.Address;
import toystore.edge.InvalidationPublisher.FrontEndLink;
import toystore.edge.Loop;
import toystore.stock.CatalogMessages.Done;
import toystore.stock.CatalogOptions.Leases;
import toystore.stock.CatalogOptions.Restocking;
import toystore.stock.FrontEndMessages.Invalidate;
import toystore.stock.PricedToy;

/** A desk's service without its HTTP, on an event loop of its own. */
final class TestDesk implements AutoCloseable {
  static final int STOCK = 100;
  private static final int SECONDS = 60;
  private static final Leases LEASES = new Leases(300, 50, 100);

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final List<Invalidate> news = new CopyOnWriteArrayList<>();
  private final List<String> facts = new CopyOnWriteArrayList<>();
  private volatile DeskService service;

  static TestDesk start(int id, String durability, LocalPostgres... nodes) throws Exception {
    return start(id, durability, 200, nodes);
  }

  /** @param beatMs so long it writes nothing of its own accord */
  static TestDesk start(int id, String durability, long beatMs, LocalPostgres... nodes)
      throws Exception {
    TestDesk desk = new TestDesk();
    List<Address> addresses = new ArrayList<>();
    for (LocalPostgres node : nodes) {
      addresses.add(Address.parse(node.address()));
    }
    DatabaseChoice choice =
        new DatabaseChoice(addresses, "toystore", "toystore", "", Optional.empty(), durability);
    desk.onLoop(() -> desk.open(id, choice, beatMs));
    return desk;
  }

  private Future<Void> open(int id, DatabaseChoice choice, long beatMs) {
    Loop loop = Loop.current(vertx);
    DeskTimes usual = DeskTimes.USUAL;
    DeskOptions options = new DeskOptions(
        id,
        choice.addresses().size(),
        LEASES,
        new Restocking(STOCK, 500),
        new DeskTimes(
            usual.deadlineMs(), 1_500, usual.retryMs(), beatMs, usual.lookMs(), 10 * beatMs, 300),
        DeskBounds.USUAL);
    Offer offer = Offer.of(List.of(new PricedToy("Tux", 1599), new PricedToy("Fox", 1299)), STOCK);
    service = new DeskService(
        loop,
        new DeskCore(options, loop.millis()),
        new PostgresLine(vertx, choice, offer, LEASES.sessionMs(), "test desk " + id, 900),
        address -> new FrontEndLink() {
          @Override
          public Future<Done> tell(Invalidate told) {
            news.add(told);
            return Future.succeededFuture(new Done());
          }

          @Override
          public void close() {
            // There is nothing to close.
          }
        },
        facts::add,
        broken -> facts.add("broken " + broken));
    service.start();
    return Future.succeededFuture();
  }

  /** What was told to front-ends. */
  List<Invalidate> news() {
    return news;
  }

  List<String> facts() {
    return facts;
  }

  <T> T ask(Function<DeskService, Future<T>> question) throws Exception {
    return begin(question).toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
  }

  /** Asks, and does not wait for the answer. */
  <T> Future<T> begin(Function<DeskService, Future<T>> question) {
    io.vertx.core.Promise<T> promise = io.vertx.core.Promise.promise();
    context.runOnContext(go -> question.apply(service).onComplete(promise));
    return promise.future();
  }

  private <T> T onLoop(java.util.function.Supplier<Future<T>> act) throws Exception {
    return this.<T>begin(none -> act.get())
        .toCompletionStage()
        .toCompletableFuture()
        .get(SECONDS, TimeUnit.SECONDS);
  }

  DeskStatus status() throws Exception {
    return ask(desk -> Future.succeededFuture(desk.status()));
  }

  /** Waits until the status is so. */
  DeskStatus await(Predicate<DeskStatus> wanted) throws Exception {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (System.nanoTime() < endNanos) {
      DeskStatus status = status();
      if (wanted.test(status)) {
        return status;
      }
      vertx.timer(20, TimeUnit.MILLISECONDS).await(SECONDS, TimeUnit.SECONDS);
    }
    throw new TimeoutException("it is " + status() + ", facts " + facts);
  }

  @Override
  public void close() throws TimeoutException {
    this.<Void>begin(open -> {
          open.stop();
          return Future.succeededFuture();
        })
        .await(SECONDS, TimeUnit.SECONDS);
    vertx.close().await(SECONDS, TimeUnit.SECONDS);
  }
}
