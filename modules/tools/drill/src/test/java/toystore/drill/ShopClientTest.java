package toystore.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class ShopClientTest {
  @Test
  void anAnswerThatCannotBeReadKeepsItsStatus() {
    ShopClient.Answer answer = ShopClient.answer(200, false, Buffer.buffer("{\"data\":{\"nu"));

    assertEquals(200, answer.status());
    assertNull(answer.body());
    assertTrue(answer.message().startsWith("unreadable"), answer::toString);
  }

  @Test
  void aRefusalSaysWhenToTryAgain() {
    Buffer body = Buffer.buffer("{\"error\":{\"code\":503,\"message\":\"no majority\"}}");

    assertEquals(
        new ShopClient.Answer(503, null, "no majority", true), ShopClient.answer(503, true, body));
  }

  @Test
  void aListIsReadToo() {
    ShopClient.Answer answer =
        ShopClient.answer(200, false, Buffer.buffer("{\"data\":[{\"name\":\"Tux\"}]}"));

    assertEquals(
        "Tux", answer.body().getJsonArray(ShopClient.LIST).getJsonObject(0).getString("name"));
  }
}
