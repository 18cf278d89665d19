package toystore.client;

/**
 * Who led the order service from some moment on, by the store's public status.
 *
 * @param atSeconds since the load began; negative if before
 * @param leader replica id, or "none"
 * @param epoch as the store writes it
 */
record LeaderChange(double atSeconds, String leader, String epoch) {}
