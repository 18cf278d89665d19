package toystore.evaluation;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import toystore.api.StoreClient;

/**
 * What a connection sends.
 *
 * @param body null for none
 */
record BenchRequest(HttpMethod method, String path, Buffer body) {
  static BenchRequest get(String path) {
    return new BenchRequest(HttpMethod.GET, path, null);
  }

  static BenchRequest product(String name) {
    return get(StoreClient.productPath(name));
  }

  static BenchRequest order(long number) {
    return get("/orders/" + number);
  }

  static BenchRequest purchase(String name) {
    return new BenchRequest(
        HttpMethod.POST, "/orders", Buffer.buffer("{\"name\":\"" + name + "\",\"quantity\":1}"));
  }
}
