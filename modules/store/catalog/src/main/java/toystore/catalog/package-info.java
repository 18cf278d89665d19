/**
 * The catalog service: stock, and the news that it changed.
 *
 * <p>{@link toystore.catalog.CatalogCore} decides everything and knows no clock, disk, network or
 * thread; the verticle and what it wires only carry out what the core returns.
 */
package toystore.catalog;
