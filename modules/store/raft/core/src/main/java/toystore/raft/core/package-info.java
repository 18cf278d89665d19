/**
 * Raft, pure: {@link toystore.raft.core.RaftCore} is a function from what happens to what is to be
 * done. Decided here are elections, replication, commitment and snapshots; whoever carries that
 * out, the engine or a simulator, calls {@code step} and nothing else. A <i>term</i> here is an
 * {@link toystore.model.Epochs epoch} with appointer 0.
 *
 * <p>Sections cited as "Raft" are those of Ongaro and Ousterhout, "In Search of an Understandable
 * Consensus Algorithm" (extended version); those cited as "dissertation" are of Ongaro, "Consensus:
 * Bridging Theory and Practice".
 */
package toystore.raft.core;
