package toystore.history;

import java.util.List;
import java.util.Objects;

/**
 * Proof that the store broke a rule, as short as it can be shown.
 *
 * @param rule what was broken
 * @param subject where: a toy, an order or a key
 * @param summary one sentence
 * @param placed the end of the longest run of events that a correct store could have gone through
 * @param stuck the operations that fit nowhere after it, the one that must come next first
 */
public record HistoryViolation(
    Rule rule, String subject, String summary, List<Placement> placed, List<Operation> stuck) {
  public HistoryViolation {
    Objects.requireNonNull(rule, "rule");
    placed = List.copyOf(placed);
    stuck = List.copyOf(stuck);
  }

  HistoryViolation(Rule rule, String subject, String summary, List<Operation> stuck) {
    this(rule, subject, summary, List.of(), stuck);
  }

  /**
   * One event of that run.
   *
   * @param operation what happened; null is a restock
   * @param stockAfter units in stock then
   */
  public record Placement(Operation operation, long stockAfter) {}
}
