/**
 * The life of a purchase at the leader: reserved at the catalog, proposed to the log, answered from
 * the applied order, settled. It decides what is asked of the catalog and whom a caller is told
 * what; a new leader also compares its log with the catalog's ledger here. Called by the order
 * service's shell, on one thread; it knows the engines only by their inputs.
 */
package toystore.purchase;
