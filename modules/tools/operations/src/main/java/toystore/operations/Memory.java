package toystore.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalInt;

/**
 * What a data folder remembers from one start to the next.
 *
 * @param engine whose files the replicas' are
 * @param stock what each toy is restocked to; empty until a start has succeeded
 * @param frontEnds how many ran last
 */
record Memory(EngineChoice engine, OptionalInt stock, int frontEnds) {
  static Memory of(ObjectNode json) {
    return new Memory(
        EngineChoice.of(json.path("engine").asText()),
        json.has("stock") ? OptionalInt.of(json.path("stock").asInt()) : OptionalInt.empty(),
        Math.max(1, json.path("frontEnds").asInt(1)));
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object().put("engine", engine.toString()).put("frontEnds", frontEnds);
    stock.ifPresent(units -> json.put("stock", units));
    return json;
  }
}
