/**
 * What every replication engine shares: the log of purchases, the orders it makes, and what a core
 * takes in and gives out. Nothing is decided here but what makes two logs or two sets of orders the
 * same. The engines and the purchases call it; it knows none of them.
 */
package toystore.replication;
