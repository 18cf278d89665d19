/**
 * The engine whose replicas elect their leader, put together: the pure core, its log on disk, and
 * the orders that the log has led to. Nothing is decided here but what is written when. Who runs a
 * replica calls {@link toystore.raft.RaftOrderVerticle}; nobody else is meant to call anything.
 */
package toystore.raft;
