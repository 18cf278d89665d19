package toystore.evaluation;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import toystore.api.StoreClient;

/**
 * What a connection sends.
 *
 * @param body null for none
 */
record Request(HttpMethod method, String path, Buffer body) {
  static Request get(String path) {
    return new Request(HttpMethod.GET, path, null);
  }

  static Request product(String name) {
    return get(StoreClient.productPath(name));
  }

  static Request order(long number) {
    return get("/orders/" + number);
  }

  static Request purchase(String name) {
    return new Request(
        HttpMethod.POST, "/orders", Buffer.buffer("{\"name\":\"" + name + "\",\"quantity\":1}"));
  }
}
