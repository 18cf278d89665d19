/**
 * The catalog service: stock, and the news that it changed. {@link toystore.stock.CatalogCore}
 * decides everything; the verticle and what it wires carry out what the core returns. Nobody calls
 * this package but through the service's internal port.
 */
package toystore.catalog;
