package toystore.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import toystore.stock.CatalogReply;

/**
 * The questions that a core was asked and has not answered yet. A core answers when it may, in any
 * step after the question; the token tells which question it was. Owned by one event loop.
 */
public final class OpenQuestions {
  // Invariant: each token is answered once at the most.
  private final Map<Long, Promise<Object>> asked = new HashMap<>();
  private long lastToken;

  /**
   * Asks a question.
   *
   * @param question puts it to the core, with the token that it is given
   * @param <T> the kind of answer that the core has for this question
   * @return the core's answer, once it may leave; fails with its refusal
   */
  public <T> Future<T> ask(LongConsumer question) {
    long token = ++lastToken;
    Promise<Object> promise = Promise.promise();
    // Before the question is put: the core may answer in the same step.
    asked.put(token, promise);
    question.accept(token);
    @SuppressWarnings("unchecked") // Each question has its kind of answer, by the core's contract.
    Future<T> answer = (Future<T>) promise.future();
    return answer;
  }

  /** Hands out what a core has answered, in its order. */
  public void answer(List<CatalogReply> replies) {
    for (CatalogReply reply : replies) {
      Promise<Object> promise = asked.remove(reply.token());
      if (reply.refusal() == null) {
        promise.complete(reply.answer());
      } else {
        promise.fail(reply.refusal());
      }
    }
  }
}
