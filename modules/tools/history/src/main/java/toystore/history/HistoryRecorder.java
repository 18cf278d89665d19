package toystore.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import toystore.history.Operation.OperationOutcome;
import toystore.history.Operation.Type;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

/**
 * Records what the clients of one process do. Any thread may call it; a call costs two readings of
 * the clock and two small objects.
 *
 * <pre>
 * HistoryRecorder.Call call = recorder.buy(client, request); // then send
 * call.ordered(number);                                      // when the answer is there
 * </pre>
 *
 * <p>A call is ended once; what comes later is ignored. A purchase that is never ended is of
 * unknown outcome.
 */
public final class HistoryRecorder {
  private final LongSupplier clockNs;
  private final Queue<Operation> ended = new ConcurrentLinkedQueue<>();
  private final Set<RecordedCall> openPurchases = ConcurrentHashMap.newKeySet();

  /**
   * Starts with nothing recorded.
   *
   * @param clockNs a monotonic clock; all recorders of a history share it
   */
  public HistoryRecorder(LongSupplier clockNs) {
    this.clockNs = clockNs;
  }

  /** A client is about to ask for a toy. */
  public RecordedCall query(int client, String toy) {
    return new RecordedCall(client, Type.QUERY, toy, null, Operation.NONE, Operation.NONE);
  }

  /** A client is about to buy, or to send a purchase once more. */
  public RecordedCall buy(int client, PurchaseRequest request) {
    RecordedCall call = new RecordedCall(
        client, Type.BUY, request.name(), request.key(), request.quantity(), Operation.NONE);
    openPurchases.add(call);
    return call;
  }

  /** A client is about to ask for an order. */
  public RecordedCall orderQuery(int client, long number) {
    return new RecordedCall(client, Type.ORDER_QUERY, null, null, Operation.NONE, number);
  }

  /** Ends all open purchases as unknown. When clients have stopped, nothing is missing then. */
  public void stop() {
    List.copyOf(openPurchases).forEach(RecordedCall::unknown);
  }

  /** All that has ended and was not drained, as a history. */
  public History toHistory(long ordersBefore, Map<String, ToyStart> toys) {
    return new History(ordersBefore, toys, new ArrayList<>(ended), openPurchases.isEmpty());
  }

  /** A request under way. */
  public final class RecordedCall {
    private final int client;
    private final Type type;
    private final String toy;
    private final String key;
    private final long quantity;
    private final long number;
    private final AtomicBoolean isEnded = new AtomicBoolean();
    private final long callNs;

    private RecordedCall(
        int client, Type type, String toy, String key, long quantity, long number) {
      this.client = client;
      this.type = type;
      this.toy = toy;
      this.key = key;
      this.quantity = quantity;
      this.number = number;
      this.callNs = clockNs.getAsLong();
    }

    /** QUERY: so many are in stock. */
    public void quantity(long inStock) {
      end(Type.QUERY, toy, inStock, number, OperationOutcome.QUANTITY);
    }

    /** BUY: it is the order of that number. */
    public void ordered(long orderNumber) {
      end(Type.BUY, toy, quantity, orderNumber, OperationOutcome.ORDERED);
    }

    /** BUY: not enough in stock. */
    public void outOfStock() {
      end(Type.BUY, toy, quantity, number, OperationOutcome.OUT_OF_STOCK);
    }

    /** ORDER_QUERY: this is the order. */
    public void found(Order order) {
      end(Type.ORDER_QUERY, order.name(), order.quantity(), order.number(), OperationOutcome.FOUND);
    }

    /** ORDER_QUERY: there is none. */
    public void notFound() {
      end(Type.ORDER_QUERY, null, quantity, number, OperationOutcome.NOT_FOUND);
    }

    /** No answer, a 503, or one that cannot be read: it may have had, or still have, its effect. */
    public void unknown() {
      end(type, toy, quantity, number, OperationOutcome.UNKNOWN);
    }

    private void end(
        Type expected, String toySeen, long amount, long givenNumber, OperationOutcome outcome) {
      if (type != expected) {
        throw new IllegalStateException(outcome + " is no answer to " + type);
      }
      if (!isEnded.compareAndSet(false, true)) {
        return;
      }
      long returnNs = outcome == OperationOutcome.UNKNOWN ? Operation.NEVER : clockNs.getAsLong();
      if (type == Type.BUY || outcome != OperationOutcome.UNKNOWN) {
        ended.add(new Operation(
            client, type, toySeen, key, amount, givenNumber, outcome, callNs, returnNs));
      }
      openPurchases.remove(this);
    }
  }
}
