/**
 * Records what clients saw of a running store, and decides whether a correct store could have shown
 * it: linearizability, per toy and for the orders.
 *
 * <p>Pure but for {@link toystore.history.HistoryFile}, {@link toystore.history.HistoryWriter} and
 * {@link toystore.history.CheckHistoryCommand}, which touch files, and {@link
 * toystore.history.HistoryRecorder}, which many threads may call.
 */
package toystore.history;
