package toystore.simulation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import toystore.edge.CallFailure;
import toystore.frontend.CatalogCalls;
import toystore.model.StoreException;
import toystore.simulation.CatalogProcess.CatalogAnswer;
import toystore.stock.CatalogMessages.Done;
import toystore.stock.CatalogMessages.Hello;
import toystore.stock.CatalogMessages.Lease;
import toystore.stock.CatalogMessages.Read;
import toystore.stock.CatalogMessages.Renew;
import toystore.stock.CatalogMessages.Toys;

/** The way from one life of a front-end to the catalog. */
final class CatalogLine implements CatalogCalls {
  private final FrontEnd frontEnd;
  private final CatalogProcess catalog;

  CatalogLine(FrontEnd frontEnd) {
    this.frontEnd = frontEnd;
    this.catalog = frontEnd.world.catalog;
  }

  @Override
  public Future<Toys> read(Read wanted) {
    return ask("Read", Times.READ_TIMEOUT_MS, Toys.class, call -> catalog.read(wanted, call));
  }

  @Override
  public Future<Toys> readAll() {
    return ask("ReadAll", Times.READ_TIMEOUT_MS, Toys.class, catalog::readAll);
  }

  @Override
  public Future<Done> health() {
    return ask("Health", Times.PING_TIMEOUT_MS, Done.class, call -> call.answer(CatalogAnswer.OK));
  }

  @Override
  public Future<Lease> hello(Hello hello) {
    return ask("Hello", Times.PING_TIMEOUT_MS, Lease.class, call -> catalog.hello(hello, call));
  }

  @Override
  public Future<Lease> renew(Renew renew) {
    return ask(
        "Renew", Times.PING_TIMEOUT_MS, Lease.class, call -> catalog.renew(renew.session(), call));
  }

  private <A> Future<A> ask(
      String what, int timeoutMs, Class<A> type, Call.CallRequest<CatalogAnswer> request) {
    Promise<A> promise = Promise.promise();
    frontEnd.world.network.<CatalogAnswer>call(
        frontEnd, catalog, what, timeoutMs, request, (answer, failure) -> {
          if (answer == null) {
            promise.fail(new CallFailure(failure, what, null));
          } else if (answer.error() != null) {
            promise.fail(new StoreException(answer.error(), what));
          } else {
            promise.complete(type.cast(answer.body()));
          }
        });
    return promise.future();
  }

  @Override
  public void close() {
    // Calls end by their timeouts.
  }
}
