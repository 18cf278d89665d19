package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A front-end that is stopped leaves without a failed request, if another shares its port. */
class LastAnswersTest {
  @TempDir
  private Path folder;

  private FakeStore store;
  private FakeStore second;

  @AfterEach
  void stop() {
    if (second != null) {
      second.close();
    }
    store.close();
  }

  @Test
  void theLastAnswerOnAConnectionSaysThatItIs() {
    store = new FakeStore(folder);
    store.awaitServing();
    assertFalse(saysLast(store.get("/products/Tux")));

    Future<Void> left = store.undeploy();
    FakeStore.awaitThat(() -> saysLast(store.get("/products/Tux")));

    FakeStore.await(left);
  }

  @Test
  void whoSharesThePortServesWhenTheOtherHasLeft() {
    store = new FakeStore(folder, sharing(0));
    store.awaitServing();
    second = new FakeStore(folder, sharing(store.port()));
    assertEquals(store.port(), second.port());

    Future<Void> left = store.undeploy();
    while (!left.isComplete()) {
      assertEquals(200, store.get("/products/Tux").statusCode());
    }

    assertEquals(200, store.get("/products/Tux").statusCode());
  }

  @Test
  void aPortThatIsNotSharedIsTaken() {
    store = new FakeStore(folder, sharing(0));

    AssertionError refused = assertThrows(
        AssertionError.class, () -> new FakeStore(folder, json -> json.put("port", store.port())));

    assertTrue(refused.getMessage().contains("cannot listen on"), refused.getMessage());
  }

  private static boolean saysLast(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode());
    return answer.headers().firstValue("Connection").filter("close"::equals).isPresent();
  }

  private static Consumer<JsonObject> sharing(int port) {
    return json -> json.put("port", port).put("sharePort", true);
  }
}
