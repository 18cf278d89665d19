package toystore.drill;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Something that is wrong with a store, or that kept a drill from finding out. */
record DrillFinding(FindingKind kind, String text) {
  /** What is wrong. */
  enum FindingKind {
    /** Something was said or written that the promises exclude: an order lost, doubled, changed. */
    SAFETY,
    /** A request was not served as the promises say. */
    ANSWER,
    /** A process ended, complained, or did not begin or end as it should. */
    PROCESS,
    /** Nothing is known to be wrong, but the drill could not find out. */
    DRILL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static List<DrillFinding> all(FindingKind kind, Collection<String> texts) {
    return texts.stream().map(text -> new DrillFinding(kind, text)).toList();
  }

  @Override
  public String toString() {
    return kind + ": " + text;
  }
}
