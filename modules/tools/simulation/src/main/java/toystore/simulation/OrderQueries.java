package toystore.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import toystore.edge.OrderMessages.QueryOutcome;
import toystore.model.Order;
import toystore.model.StoreError;
import toystore.replication.Input;

/** A replica's answers to queries: what it knows committed, and proved absence. */
final class OrderQueries {
  private record Question(long number, Call<Reply<QueryOutcome>> call) {}

  private final Replica replica;
  private final Map<Long, Question> asked = new HashMap<>();
  private long lastReadId;

  OrderQueries(Replica replica) {
    this.replica = replica;
  }

  void query(long number, Call<Reply<QueryOutcome>> call) {
    Optional<Order> order = replica.book().byNumber(number);
    if (order.isPresent()) {
      call.answer(replica.reply(QueryOutcome.found(order.get())));
    } else if (!replica.leads()) {
      call.answer(replica.reply(QueryOutcome.failed(StoreError.NOT_LEADER)));
    } else if (!replica.world.wiring.provesAbsence()) {
      call.answer(replica.reply(QueryOutcome.failed(StoreError.ORDER_NOT_FOUND)));
    } else if (replica.purchases().status().majorityLost()) {
      call.answer(replica.reply(QueryOutcome.failed(StoreError.UNAVAILABLE)));
    } else {
      prove(number, call);
    }
  }

  private void prove(long number, Call<Reply<QueryOutcome>> call) {
    long readId = ++lastReadId;
    asked.put(readId, new Question(number, call));
    replica.after(Times.PROOF_TIMEOUT_MS, () -> answer(readId, StoreError.UNAVAILABLE));
    replica.step(new Input.Prove(readId));
  }

  void proven(long readId, boolean leads) {
    answer(readId, leads ? StoreError.ORDER_NOT_FOUND : StoreError.NOT_LEADER);
  }

  private void answer(long readId, StoreError absent) {
    Question question = asked.remove(readId);
    if (question != null) {
      question.call.answer(replica.reply(replica
          .book()
          .byNumber(question.number)
          .map(QueryOutcome::found)
          .orElseGet(() -> QueryOutcome.failed(absent))));
    }
  }
}
