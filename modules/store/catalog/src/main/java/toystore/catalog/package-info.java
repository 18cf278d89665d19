/**
 * The catalog service: stock, and the news that it changed. {@link toystore.stock.CatalogCore}
 * decides everything; the verticle and what it wires carry out what the core returns. Other
 * services call it through its internal port only; the simulator runs its service as it is.
 */
package toystore.catalog;
