package toystore.stock;

/**
 * A toy as it is on disk.
 *
 * @param position its place in the catalog, from 0
 * @param priceCents price of one unit in cents
 * @param initial units it started with
 * @param restocked units added since
 * @param stock units neither held nor sold
 * @param version grows by one with each change
 */
public record ToyRow(
    int position,
    String name,
    long priceCents,
    long initial,
    long restocked,
    long stock,
    long version) {}
