package toystore.history;

/** What can be said of a history. */
public enum HistoryVerdict {
  /** A correct store could have shown it. */
  LINEARIZABLE,
  /** No correct store can have shown it. */
  VIOLATION,
  /** Neither is proved. */
  UNDECIDED
}
