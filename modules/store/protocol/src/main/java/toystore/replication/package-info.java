/**
 * What every replication engine shares: the log of purchases, the orders it makes, and what a core
 * takes in and gives out. It decides what makes two logs or two sets of orders the same, what a
 * majority is, and when another is called slow. The engines, the purchases and the front-end's
 * watch over replicas call it; it knows none of them.
 */
package toystore.replication;
