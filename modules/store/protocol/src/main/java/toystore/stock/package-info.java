/**
 * What the catalog decides: who gets stock, when a change may be known, and whose copies must go
 * first. Its messages are here too, so that those who ask and those who answer mean the same.
 * {@link toystore.stock.CatalogCore} is the way in, for the catalog service and for simulators; the
 * messages may be used by everybody.
 */
package toystore.stock;
