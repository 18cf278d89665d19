package toystore.history;

import java.util.Objects;
import toystore.model.PurchaseRequest;

/**
 * One request of a client, as the client saw it.
 *
 * <p>Times are nanoseconds of one monotonic clock, shared by all clients of a history. The request
 * took effect, if it did, between its call and its return; a purchase of unknown outcome at any
 * time after its call, or never.
 *
 * @param client who asked
 * @param type what was asked
 * @param toy the toy asked for, or the toy of the order that was found; else null
 * @param key the purchase's idempotency key; else null
 * @param quantity units asked for, seen in stock, or in the order found; else {@link #NONE}
 * @param number the order's number, given or asked for; else {@link #NONE}
 * @param outcome what was answered
 * @param callNs when the request was sent, or before
 * @param returnNs when the answer had come, or later; {@link #NEVER} when the outcome is unknown
 */
public record Operation(
    int client,
    Type type,
    String toy,
    String key,
    long quantity,
    long number,
    OperationOutcome outcome,
    long callNs,
    long returnNs) {
  public static final long NEVER = Long.MAX_VALUE;
  public static final long NONE = -1;

  /** What a client can ask. */
  public enum Type {
    QUERY,
    BUY,
    ORDER_QUERY
  }

  /** What a client can be told. */
  public enum OperationOutcome {
    /** QUERY: so many are in stock. */
    QUANTITY,
    /** BUY: it is the order of that number. */
    ORDERED,
    /** BUY: not enough in stock. */
    OUT_OF_STOCK,
    /** ORDER_QUERY: this is the order. */
    FOUND,
    /** ORDER_QUERY: there is no such order. */
    NOT_FOUND,
    /** No answer, or one from which nothing follows. */
    UNKNOWN
  }

  public Operation {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(outcome, "outcome");
    if (returnNs < callNs || (outcome == OperationOutcome.UNKNOWN) != (returnNs == NEVER)) {
      throw new IllegalArgumentException(
          outcome + " called at " + callNs + " cannot return at " + returnNs);
    }
    boolean fits =
        switch (type) {
          case QUERY -> isQuery(toy, key, quantity, number, outcome);
          case BUY -> isBuy(toy, key, quantity, number, outcome);
          case ORDER_QUERY -> isOrderQuery(toy, key, quantity, number, outcome);
        };
    if (!fits) {
      throw new IllegalArgumentException("missing or needless value for " + type + " " + outcome);
    }
  }

  private static boolean isQuery(
      String toy, String key, long quantity, long number, OperationOutcome outcome) {
    return toy != null
        && key == null
        && number == NONE
        && (outcome == OperationOutcome.QUANTITY && quantity >= 0
            || outcome == OperationOutcome.UNKNOWN && quantity == NONE);
  }

  private static boolean isBuy(
      String toy, String key, long quantity, long number, OperationOutcome outcome) {
    return toy != null
        && key != null
        && quantity >= 1
        && quantity <= PurchaseRequest.MAX_QUANTITY
        && (outcome == OperationOutcome.ORDERED && number >= 0
            || (outcome == OperationOutcome.OUT_OF_STOCK || outcome == OperationOutcome.UNKNOWN)
                && number == NONE);
  }

  private static boolean isOrderQuery(
      String toy, String key, long quantity, long number, OperationOutcome outcome) {
    return key == null
        && number >= 0
        && (outcome == OperationOutcome.FOUND && toy != null && quantity >= 1
            || (outcome == OperationOutcome.NOT_FOUND || outcome == OperationOutcome.UNKNOWN)
                && toy == null
                && quantity == NONE);
  }

  /** The request and its answer in words, without client and times. */
  public String inWords() {
    return switch (type) {
      case QUERY -> "query " + toy + " -> " + (quantity == NONE ? "unknown" : quantity);
      case BUY -> "buy " + quantity + " " + toy + " (key " + key + ") -> " + answerInWords();
      case ORDER_QUERY -> "query order " + number + " -> " + answerInWords();
    };
  }

  private String answerInWords() {
    return switch (outcome) {
      case ORDERED -> "order " + number;
      case OUT_OF_STOCK -> "out of stock";
      case FOUND -> quantity + " " + toy;
      case NOT_FOUND -> "not found";
      case QUANTITY -> String.valueOf(quantity);
      case UNKNOWN -> "unknown";
    };
  }
}
