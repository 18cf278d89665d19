/**
 * Replication by Raft: the replicas elect their leader. A <i>term</i> here is an {@link
 * toystore.replication.Epochs epoch} with appointer 0. Sections cited as "Raft" are those of
 * Ongaro and Ousterhout, "In Search of an Understandable Consensus Algorithm" (extended version);
 * those cited as "dissertation" are of Ongaro, "Consensus: Bridging Theory and Practice".
 */
package toystore.raft;
