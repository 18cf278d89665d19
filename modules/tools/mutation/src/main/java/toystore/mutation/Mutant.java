package toystore.mutation;

import java.util.ArrayList;
import java.util.List;

/**
 * The store without one of its rules.
 *
 * @param name the rule that is left out
 * @param violates words of the violation that this must cause; any other shows nothing
 * @param changes what is other than in the store
 */
public record Mutant(String name, String violates, List<Change> changes) {
  public Mutant {
    changes = List.copyOf(changes);
  }

  /** Nothing is changed yet. */
  public static Mutant of(String name, String violates) {
    return new Mutant(name, violates, List.of());
  }

  /**
   * This one with one more change.
   *
   * @param source the name of the class, with its package before it (package/Class) where two have
   *     that name
   * @param code what is there exactly once
   */
  public Mutant replace(String source, String code, String other) {
    List<Change> more = new ArrayList<>(changes);
    more.add(new Change(source, code, other));
    return new Mutant(name, violates, more);
  }

  @Override
  public String toString() {
    return name;
  }
}
