package toystore.order;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import toystore.edge.Batcher;
import toystore.model.Order;
import toystore.model.Role;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.purchase.OrderMessages.QueryOutcome;
import toystore.replication.OrderBook;
import toystore.replication.ReplicaCore;

/**
 * A replica's answers to queries of orders. Any replica answers what it knows committed; that an
 * order is absent needs proof. Old orders are read from the disk, those of one batch at once, while
 * the event loop goes on. Owned by one event loop.
 */
public final class OrderQueries {
  private static final int MAX_PROOF_BATCH = 10_000;
  private static final int PROOFS_UNDER_WAY = 2;

  private final OrderBook book;
  private final OldOrders old;
  private final Supplier<ReplicaCore.ReplicaStatus> replica;
  private final BooleanSupplier majorityLost;
  private final Batcher<Boolean, Boolean> proofs;

  /** Orders that are in a book, but not in memory any more. */
  public interface OldOrders {
    /** Reads them, all at once; the future ends on the event loop. */
    Future<List<Order>> read(List<Long> numbers);
  }

  /**
   * @param replica its state now
   * @param majorityLost whether a proof is not worth waiting for
   * @param prove whether this replica led at some moment after the call; fails with UNAVAILABLE
   *     when that cannot be told in time
   */
  public OrderQueries(
      OrderBook book,
      OldOrders old,
      Supplier<ReplicaCore.ReplicaStatus> replica,
      BooleanSupplier majorityLost,
      Supplier<Future<Boolean>> prove) {
    this.book = book;
    this.old = old;
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
    return look(numbers, StoreError.NOT_LEADER).compose(outcomes -> {
      boolean allFound = outcomes.stream().allMatch(outcome -> outcome.error() == null);
      if (allFound || replica.get().role() != Role.LEADER) {
        return Future.succeededFuture(outcomes);
      }
      // Looked up again: what was ordered before the proof ended is found.
      return absence().compose(error -> look(numbers, error));
    });
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

  private Future<List<QueryOutcome>> look(List<Long> numbers, StoreError absent) {
    List<QueryOutcome> outcomes = new ArrayList<>(numbers.size());
    List<Long> toRead = new ArrayList<>();
    for (long number : numbers) {
      // Now, for all: while others are read, this one may go where those are.
      boolean isOld = number >= 0 && number < book.inMemoryFrom();
      outcomes.add(isOld ? null : inMemory(number, absent));
      if (isOld) {
        toRead.add(number);
      }
    }
    return toRead.isEmpty()
        ? Future.succeededFuture(outcomes)
        : old.read(toRead).map(orders -> filled(outcomes, orders));
  }

  private QueryOutcome inMemory(long number, StoreError absent) {
    return book.inMemory(number)
        .map(QueryOutcome::found)
        .orElseGet(() -> QueryOutcome.failed(absent));
  }

  /** With these orders, one after the other, in the places that are free. */
  private static List<QueryOutcome> filled(List<QueryOutcome> outcomes, List<Order> orders) {
    Iterator<Order> next = orders.iterator();
    outcomes.replaceAll(outcome -> outcome == null ? QueryOutcome.found(next.next()) : outcome);
    return outcomes;
  }
}
