package toystore.order;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import toystore.edge.Batcher;
import toystore.model.Role;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.purchase.OrderMessages.QueryOutcome;
import toystore.replication.OrderBook;
import toystore.replication.ReplicaCore;

/**
 * A replica's answers to queries of orders. Any replica answers what it knows committed; that an
 * order is absent needs proof. Owned by one event loop.
 */
public final class OrderQueries {
  private static final int MAX_PROOF_BATCH = 10_000;
  private static final int PROOFS_UNDER_WAY = 2;

  private final OrderBook book;
  private final Supplier<ReplicaCore.ReplicaStatus> replica;
  private final BooleanSupplier majorityLost;
  private final Batcher<Boolean, Boolean> proofs;

  /**
   * @param replica its state now
   * @param majorityLost whether a proof is not worth waiting for
   * @param prove whether this replica led at some moment after the call; fails with UNAVAILABLE
   *     when that cannot be told in time
   */
  public OrderQueries(
      OrderBook book,
      Supplier<ReplicaCore.ReplicaStatus> replica,
      BooleanSupplier majorityLost,
      Supplier<Future<Boolean>> prove) {
    this.book = book;
    this.replica = replica;
    this.majorityLost = majorityLost;
    // Whoever asks shares a proof that begins afterwards: one under way may be older than an order
    // that was acknowledged since.
    this.proofs = new Batcher<>(MAX_PROOF_BATCH, PROOFS_UNDER_WAY, MAX_PROOF_BATCH, asked -> prove
        .get()
        .map(proven -> Collections.nCopies(asked.size(), proven)));
  }

  /** One outcome for each of these orders, in their order. */
  public Future<List<QueryOutcome>> find(List<Long> numbers) {
    List<QueryOutcome> outcomes = look(numbers, StoreError.NOT_LEADER);
    boolean allFound = outcomes.stream().allMatch(outcome -> outcome.error() == null);
    if (allFound || replica.get().role() != Role.LEADER) {
      return Future.succeededFuture(outcomes);
    }
    // Looked up again: what was ordered before the proof ended is found.
    return absence().map(error -> look(numbers, error));
  }

  /** What to say of an order that is not in the book once this is known. */
  private Future<StoreError> absence() {
    if (majorityLost.getAsBoolean()) {
      return Future.succeededFuture(StoreError.UNAVAILABLE);
    }
    return proofs
        .add(Boolean.TRUE)
        .map(proven -> proven ? StoreError.ORDER_NOT_FOUND : StoreError.NOT_LEADER)
        .recover(failure -> failure instanceof StoreException expected
            ? Future.succeededFuture(expected.error())
            : Future.failedFuture(failure));
  }

  private List<QueryOutcome> look(List<Long> numbers, StoreError absent) {
    List<QueryOutcome> outcomes = new ArrayList<>(numbers.size());
    for (long number : numbers) {
      outcomes.add(book.byNumber(number)
          .map(QueryOutcome::found)
          .orElseGet(() -> QueryOutcome.failed(absent)));
    }
    return outcomes;
  }
}
