package toystore.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

/**
 * Reads the public API's answers, strictly: a body that the API does not allow is a failure. Fields
 * that it does not name are let through, so that the API can grow.
 */
final class AnswerReader {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final int MAX_DETAIL = 200;
  static final int OK = 200;

  private AnswerReader() {}

  /** All toys, from GET /products. */
  static Answer<List<ToyAvailability>> products(int status, byte[] body) {
    return read(status, body, data -> {
      List<ToyAvailability> toys = new ArrayList<>();
      require(data.isArray(), "data is not an array");
      data.forEach(toy -> toys.add(stock(toy)));
      return toys;
    });
  }

  /** One toy, from GET /products/NAME. */
  static Answer<ToyAvailability> product(int status, byte[] body, String name) {
    return read(status, body, data -> {
      require(text(data, "name").equals(name), "another toy than " + name);
      return stock(data);
    });
  }

  private static ToyAvailability stock(JsonNode toy) {
    return new ToyAvailability(
        text(toy, "name"), number(toy, "quantity"), ToyAvailability.Source.UNKNOWN);
  }

  /** The order number, from POST /orders. */
  static Answer<Long> orderNumber(int status, byte[] body) {
    return read(status, body, data -> number(data, "order_number"));
  }

  /** The order, from GET /orders/NUMBER. */
  static Answer<Order> order(int status, byte[] body) {
    return read(status, body, data -> {
      long quantity = number(data, "quantity");
      require(quantity >= 1 && quantity <= PurchaseRequest.MAX_QUANTITY, "quantity " + quantity);
      return new Order(number(data, "number"), text(data, "name"), (int) quantity);
    });
  }

  /** The leader's replica id and epoch, from GET /status, which may lack the data envelope. */
  static Answer<LeaderName> leader(int status, byte[] body) {
    if (status != OK) {
      return Answer.failed(outcomeOf(status), status, "status " + status);
    }
    JsonNode root = tree(body);
    JsonNode data = root.has("data") ? root.get("data") : root;
    if (!data.has("leader")) {
      return Answer.failed(Outcome.MALFORMED, status, "no leader");
    }
    String leader = data.path("leader").asText();
    boolean none = data.path("leader").isNull() || leader.isEmpty() || leader.equals("0");
    return Answer.ok(new LeaderName(
        none ? LeaderName.NONE : leader,
        data.path("epoch").asText(""),
        data.path("desks").findValuesAsText("service")));
  }

  private static <T> Answer<T> read(int status, byte[] body, Function<JsonNode, T> reader) {
    if (status != OK) {
      return Answer.failed(outcomeOf(status), status, status + " " + message(body));
    }
    try {
      JsonNode root = tree(body);
      require(root.isObject(), "no JSON object");
      return Answer.ok(reader.apply(root.path("data")));
    } catch (MalformedException e) {
      return Answer.failed(Outcome.MALFORMED, status, e.getMessage() + " in " + shortened(body));
    }
  }

  private static Outcome outcomeOf(int status) {
    return switch (status) {
      case 404 -> Outcome.NOT_FOUND;
      case 409 -> Outcome.REFUSED;
      case 503 -> Outcome.UNAVAILABLE;
      default -> status >= 400 && status < 500 ? Outcome.REJECTED : Outcome.STATUS;
    };
  }

  private static JsonNode tree(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static String message(byte[] body) {
    return tree(body).path("error").path("message").asText(shortened(body));
  }

  /** On one line, and without what a terminal would obey. */
  private static String shortened(byte[] body) {
    String text = new String(body, 0, Math.min(body.length, MAX_DETAIL), UTF_8);
    return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
  }

  private static String text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    require(value.isTextual() && !value.asText().isEmpty(), "no text " + field);
    return value.asText();
  }

  private static long number(JsonNode object, String field) {
    JsonNode value = object.path(field);
    require(value.isIntegralNumber() && value.canConvertToLong(), "no whole number " + field);
    require(value.asLong() >= 0, "negative " + field);
    return value.asLong();
  }

  private static void require(boolean holds, String complaint) {
    if (!holds) {
      throw new MalformedException(complaint);
    }
  }

  private static final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedException(String complaint) {
      super(complaint, null, false, false);
    }
  }
}
