package toystore.purchase;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import toystore.model.Fenced;
import toystore.model.Mark;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.stock.CatalogMessages.Fence;
import toystore.stock.CatalogMessages.FindHolds;
import toystore.stock.CatalogMessages.Reserve;
import toystore.stock.CatalogMessages.Settle;
import toystore.stock.CatalogMessages.Verify;

/** The catalog of a simulation: stock and ledger, every change durable at once. */
final class ModelCatalog {
  /** What to leave out of the protocol, to see it break. */
  enum Mutant {
    NONE,
    /** The key of a purchase is looked for neither before it is bought nor when it is applied. */
    NO_DEDUP,
    /** A repeated reserve takes stock again. */
    RESERVE_TWICE,
    /** Nobody asks which holds were left over. */
    NO_SCAN,
    /** A refused key is forgotten. */
    FORGOTTEN_REFUSAL
  }

  private enum Entry {
    HELD,
    SOLD,
    REJECTED
  }

  private final Mutant mutant;
  private final Map<String, Integer> stock = new TreeMap<>();
  private final Map<String, Integer> put = new TreeMap<>();
  private final Map<String, Entry> ledger = new LinkedHashMap<>();
  private final Map<String, PurchaseRequest> known = new LinkedHashMap<>();
  private long fence;
  private Mark mark = Mark.NONE;

  ModelCatalog(Mutant mutant) {
    this.mutant = mutant;
  }

  void putIn(String toy, int quantity) {
    stock.merge(toy, quantity, Integer::sum);
    put.merge(toy, quantity, Integer::sum);
  }

  /** Carries the call out; answers what the leader is told, or null for FENCED. */
  Object carryOut(CatalogCall<?> call) {
    Object question = call.question();
    if (question instanceof Reserve reserve) {
      if (reserve.claim().epoch() < fence) {
        return null;
      }
      List<ReserveOutcome> outcomes = new ArrayList<>();
      reserve.requests().forEach(request -> outcomes.add(reserve(request)));
      return outcomes;
    }
    if (question instanceof Fence raised) {
      boolean accepted = raised.epoch() >= fence;
      fence = Math.max(fence, raised.epoch());
      return new Fenced(accepted, fence, 0, mark, holds());
    }
    if (question instanceof Verify asked) {
      return (int) asked.orders().stream()
          .takeWhile(order -> known.containsKey(order.key()))
          .count();
    }
    if (question instanceof FindHolds asked) {
      return asked.claim().epoch() < fence ? null : holds();
    }
    if (question instanceof Settle settle) {
      mark = settle.claim().mark().orders() > mark.orders() ? settle.claim().mark() : mark;
      settle.keys().forEach(key -> ledger.replace(key, Entry.HELD, Entry.SOLD));
    }
    return "done";
  }

  private ReserveOutcome reserve(PurchaseRequest request) {
    Entry entry = ledger.get(request.key());
    if (entry != null && mutant != Mutant.RESERVE_TWICE) {
      return entry == Entry.REJECTED ? ReserveOutcome.OUT_OF_STOCK : ReserveOutcome.HELD;
    }
    int left = stock.get(request.name());
    if (left < request.quantity()) {
      if (mutant != Mutant.FORGOTTEN_REFUSAL) {
        ledger.put(request.key(), Entry.REJECTED);
      }
      return ReserveOutcome.OUT_OF_STOCK;
    }
    stock.put(request.name(), left - request.quantity());
    ledger.put(request.key(), Entry.HELD);
    known.put(request.key(), request);
    return ReserveOutcome.HELD;
  }

  private List<PurchaseRequest> holds() {
    return mutant == Mutant.NO_SCAN
        ? List.of()
        : known.values().stream()
            .filter(request -> ledger.get(request.key()) == Entry.HELD)
            .toList();
  }

  long heldCount() {
    return ledger.values().stream().filter(entry -> entry == Entry.HELD).count();
  }

  /** Everything put in is in stock, held or sold; and no stock is below nothing. */
  boolean isBalanced() {
    Map<String, Integer> sum = new TreeMap<>(stock);
    known.values().forEach(request -> sum.merge(request.name(), request.quantity(), Integer::sum));
    return sum.equals(put) && stock.values().stream().allMatch(left -> left >= 0);
  }

  /** Units taken from stock, by toy. */
  Map<String, Integer> taken() {
    Map<String, Integer> taken = new TreeMap<>();
    known.values().forEach(r -> taken.merge(r.name(), r.quantity(), Integer::sum));
    return taken;
  }
}
