/**
 * A replica's log on disk: segments of entries, and term and vote beside them, each byte checked.
 * Decided here is what a file says after a crash: what was torn and never acknowledged, and what is
 * damage. The engine writes through {@link toystore.order.log.LogWriter}; whoever only looks uses
 * {@link toystore.order.log.LogReading}, also while the replica runs.
 */
package toystore.order.log;
