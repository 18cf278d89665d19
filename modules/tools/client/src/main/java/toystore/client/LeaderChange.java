package toystore.client;

/**
 * Who led the order service from some moment on, by the store's public status.
 *
 * @param atSeconds since the load began; negative if before
 * @param leader id of the replica or desk, or "none"
 * @param service which service that is, such as {@code desk-1}; empty for none
 * @param epoch as the store writes it
 */
record LeaderChange(double atSeconds, String leader, String service, String epoch) {}
