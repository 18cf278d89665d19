package toystore.stock;

/**
 * The decision on one purchase key.
 *
 * @param quantity units asked for
 */
public record LedgerRow(String key, String toy, int quantity, LedgerState state) {}
