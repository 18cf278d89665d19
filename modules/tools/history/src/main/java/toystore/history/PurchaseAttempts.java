package toystore.history;

import static toystore.history.Operation.OperationOutcome.ORDERED;
import static toystore.history.Operation.OperationOutcome.OUT_OF_STOCK;
import static toystore.history.Operation.OperationOutcome.UNKNOWN;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All attempts with one key: a write-once register. The first to arrive decides, the others get the
 * same answer, so the decision fell between the first call and the first return that tells it.
 *
 * @param deciding the attempt that first told the outcome; any when none did
 * @param callNs the first call
 * @param returnNs the first return that tells the outcome, or {@link Operation#NEVER}
 */
record PurchaseAttempts(Operation deciding, long callNs, long returnNs) {

  String toy() {
    return deciding.toy();
  }

  long quantity() {
    return deciding.quantity();
  }

  Operation.OperationOutcome outcome() {
    return deciding.outcome();
  }

  /** The purchases by first appearance; what contradicts itself goes to {@code broken}. */
  static List<PurchaseAttempts> of(List<Operation> operations, List<HistoryViolation> broken) {
    Map<String, List<Operation>> byKey = new LinkedHashMap<>();
    for (Operation operation : operations) {
      if (operation.type() == Operation.Type.BUY) {
        byKey.computeIfAbsent(operation.key(), key -> new ArrayList<>(1)).add(operation);
      }
    }
    List<PurchaseAttempts> purchases = new ArrayList<>(byKey.size());
    for (List<Operation> attempts : byKey.values()) {
      purchases.add(merge(attempts, broken));
    }
    return purchases;
  }

  private static PurchaseAttempts merge(List<Operation> attempts, List<HistoryViolation> broken) {
    Operation sold = first(attempts, ORDERED);
    Operation refused = first(attempts, OUT_OF_STOCK);
    Operation deciding = sold != null ? sold : refused != null ? refused : attempts.get(0);
    String subject = "key " + deciding.key();
    if (sold != null && refused != null) {
      broken.add(new HistoryViolation(
          Rule.REFUSED_BUT_SOLD,
          subject,
          "it was refused, and it is order " + sold.number(),
          List.of(refused, sold)));
    }
    for (Operation attempt : attempts) {
      if (attempt.outcome() == ORDERED && attempt.number() != sold.number()) {
        broken.add(new HistoryViolation(
            Rule.NUMBER_CHANGED,
            subject,
            "it is order " + sold.number() + " and order " + attempt.number(),
            List.of(sold, attempt)));
        break;
      }
    }
    long callNs = attempts.stream().mapToLong(Operation::callNs).min().orElseThrow();
    return new PurchaseAttempts(deciding, callNs, deciding.returnNs());
  }

  private static Operation first(List<Operation> attempts, Operation.OperationOutcome outcome) {
    return attempts.stream()
        .filter(attempt -> attempt.outcome() == outcome)
        .min(Comparator.comparingLong(Operation::returnNs))
        .orElse(null);
  }

  boolean isUnknown() {
    return outcome() == UNKNOWN;
  }
}
