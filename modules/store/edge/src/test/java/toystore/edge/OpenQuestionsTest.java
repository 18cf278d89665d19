package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.stock.CatalogReply;

class OpenQuestionsTest {
  private final OpenQuestions questions = new OpenQuestions();
  private final List<Long> tokens = new ArrayList<>();

  @Test
  void anAnswerGoesToTheQuestionWithItsToken() {
    Future<String> first = questions.ask(tokens::add);
    Future<String> second = questions.ask(tokens::add);

    questions.answer(List.of(new CatalogReply(tokens.get(1), "two", null)));

    assertEquals("two", second.result());
    assertFalse(first.isComplete());
  }

  @Test
  void aCoreMayAnswerWhileItIsAsked() {
    Future<String> answer =
        questions.ask(token -> questions.answer(List.of(new CatalogReply(token, "at once", null))));

    assertEquals("at once", answer.result());
  }

  @Test
  void aRefusalFailsTheQuestion() {
    StoreException refusal = new StoreException(StoreError.TOY_NOT_FOUND, "no such toy");
    Future<String> answer = questions.ask(tokens::add);

    questions.answer(List.of(new CatalogReply(tokens.get(0), null, refusal)));

    assertSame(refusal, answer.cause());
  }
}
