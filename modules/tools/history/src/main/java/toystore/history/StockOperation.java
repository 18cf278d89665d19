package toystore.history;

import static toystore.history.Operation.OperationOutcome.QUANTITY;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One operation on the stock of a toy.
 *
 * @param kind what it does to the stock
 * @param amount the units seen, or asked for
 * @param callNs not before this
 * @param returnNs not after this; {@link Operation#NEVER} for POSSIBLE_SALE
 * @param shown what the client saw
 */
record StockOperation(StockEffect kind, long amount, long callNs, long returnNs, Operation shown) {

  enum StockEffect {
    /** A query: legal at that stock, changes nothing. */
    VIEW,
    /** A refusal: legal below that stock, changes nothing. */
    REFUSAL,
    /** A purchase: legal at that stock or more. */
    SALE,
    /** A purchase of unknown outcome: a sale at any time, or nothing. */
    POSSIBLE_SALE
  }

  /** The operations by toy. */
  static Map<String, List<StockOperation>> byToy(
      List<Operation> operations, List<PurchaseAttempts> purchases) {
    Map<String, List<StockOperation>> byToy = new HashMap<>();
    for (Operation operation : operations) {
      if (operation.outcome() == QUANTITY) {
        add(byToy, StockEffect.VIEW, operation, operation.callNs(), operation.returnNs());
      }
    }
    for (PurchaseAttempts purchase : purchases) {
      StockEffect kind =
          switch (purchase.outcome()) {
            case ORDERED -> StockEffect.SALE;
            case OUT_OF_STOCK -> StockEffect.REFUSAL;
            default -> StockEffect.POSSIBLE_SALE;
          };
      add(byToy, kind, purchase.deciding(), purchase.callNs(), purchase.returnNs());
    }
    return byToy;
  }

  private static void add(
      Map<String, List<StockOperation>> byToy,
      StockEffect kind,
      Operation shown,
      long callNs,
      long returnNs) {
    byToy
        .computeIfAbsent(shown.toy(), toy -> new ArrayList<>())
        .add(new StockOperation(kind, shown.quantity(), callNs, returnNs, shown));
  }

  /** Whether this may happen at that stock and leave it as it is. */
  boolean isFreeAt(long stock) {
    return kind == StockEffect.VIEW
        ? stock == amount
        : kind == StockEffect.REFUSAL && stock < amount;
  }
}
