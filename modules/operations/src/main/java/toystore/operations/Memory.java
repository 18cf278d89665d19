package toystore.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a data folder remembers from one start to the next.
 *
 * @param engine whose files the replicas' are
 * @param stock what each toy is restocked to
 * @param frontEnds how many ran last
 */
record Memory(Engine engine, int stock, int frontEnds) {
  static Memory of(ObjectNode json) {
    return new Memory(
        Engine.of(json.path("engine").asText()),
        json.path("stock").asInt(),
        Math.max(1, json.path("frontEnds").asInt(1)));
  }

  ObjectNode toJson() {
    return Json.object()
        .put("engine", engine.toString())
        .put("stock", stock)
        .put("frontEnds", frontEnds);
  }
}
