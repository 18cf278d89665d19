/**
 * Whether a correct store could have shown its clients what they saw. A history is recorded by
 * {@link toystore.history.HistoryRecorder}, and {@link toystore.history.HistoryChecker} decides it,
 * with a proof either way or "undecided". Pure but for reading and writing files of histories;
 * drills and the command check-history call it.
 */
package toystore.history;
