package toystore.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A set of branches, none of which covers another at the same place. */
final class Branches {
  private final Map<Branch, List<Branch>> byPlace = new LinkedHashMap<>();
  private final StepBudget budget;
  private int size;

  Branches(StepBudget budget) {
    this.budget = budget;
  }

  /** Adds the branch, unless one that covers it is in; drops those that it covers. */
  boolean add(Branch branch) {
    List<Branch> same = byPlace.get(branch);
    if (same == null) {
      byPlace.put(branch, List.of(branch));
      size++;
      return true;
    }
    List<Branch> kept = new ArrayList<>(same.size() + 1);
    budget.charge(same.size());
    for (Branch other : same) {
      if (other.covers(branch)) {
        return false;
      }
      if (!branch.covers(other)) {
        kept.add(other);
      }
    }
    kept.add(branch);
    size += kept.size() - same.size();
    byPlace.put(branch, kept);
    return true;
  }

  int size() {
    return size;
  }

  List<Branch> toList() {
    List<Branch> all = new ArrayList<>(size);
    byPlace.values().forEach(all::addAll);
    return all;
  }
}
