package toystore.frontend;

import io.vertx.core.Future;
import toystore.stock.CatalogMessages.Hello;
import toystore.stock.CatalogMessages.Lease;
import toystore.stock.CatalogMessages.Read;
import toystore.stock.CatalogMessages.Renew;
import toystore.stock.CatalogMessages.Toys;

/** How one event loop reaches the catalog; each call ends, as a failure if need be. */
public interface CatalogCalls {
  Future<Toys> read(Read wanted);

  Future<Toys> readAll();

  /** Succeeds when the catalog answers at all. */
  Future<?> health();

  Future<Lease> hello(Hello hello);

  Future<Lease> renew(Renew renew);

  /** What is under way ends without an answer. */
  void close();
}
