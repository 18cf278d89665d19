/**
 * An order replica: a purchase goes from {@link toystore.order.OrderService} through the pure
 * {@code Purchases} and an engine's core, which {@link toystore.order.ReplicaShell} runs, to disk.
 */
package toystore.order;
