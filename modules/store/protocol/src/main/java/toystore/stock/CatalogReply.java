package toystore.stock;

import toystore.model.StoreException;

/**
 * An answer that may leave now: a record of {@link toystore.stock.CatalogMessages}, or a refusal.
 *
 * @param token the one that came with the request
 * @param answer null when refused
 * @param refusal null when answered
 */
public record CatalogReply(long token, Object answer, StoreException refusal) {}
