package toystore.stock;

/**
 * The core in numbers, for status and metrics.
 *
 * @param pendingChanges changes decided, but not visible yet
 * @param ledgerBytes memory of its rows that are not sealed yet
 * @param refusals those that are remembered
 * @param reserved reservations decided since start that took stock
 * @param refused those decided since start that could not
 * @param nextRestockMs when toys that are sold out are next restocked, on the clock of the steps
 * @param pushes invalidations sent, repeated ones counted again
 */
public record CatalogFigures(
    int toys,
    int sessions,
    long fence,
    int pendingChanges,
    int holds,
    int ledgerRows,
    long ledgerBytes,
    int refusals,
    long reserved,
    long refused,
    long restocks,
    long nextRestockMs,
    long pushes,
    boolean inGrace) {}
