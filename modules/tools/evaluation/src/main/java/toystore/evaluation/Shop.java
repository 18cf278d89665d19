package toystore.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The few single requests that prepare a load. */
final class Shop {
  private static final JsonMapper JSON = new JsonMapper();

  private Shop() {}

  /** Names of all toys, in catalog order. */
  static List<String> toys(URI store) throws IOException, InterruptedException {
    JsonNode answer =
        JSON.readTree(RecordedAnswer.of(store, Request.get("/products")).body());
    List<String> names = new ArrayList<>();
    answer.path("data").forEach(toy -> names.add(toy.path("name").asText()));
    return names;
  }

  /** Buys so many times, one toy after the other; a new store numbers these orders from 0. */
  static long buy(URI store, List<String> toys, int count)
      throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      RecordedAnswer.of(store, Request.purchase(toys.get(i % toys.size())));
    }
    return count;
  }
}
