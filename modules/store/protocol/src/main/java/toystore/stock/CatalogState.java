package toystore.stock;

import java.util.List;
import java.util.Map;

/**
 * What the disk holds at start.
 *
 * @param toys in catalog order; empty when the database is brand-new
 * @param older rows of the ledger that need not be read
 * @param ledger the rows behind those, in order
 * @param refusals oldest first
 * @param meta numbers never written are absent
 */
public record CatalogState(
    List<ToyRow> toys,
    OlderRows older,
    Iterable<LedgerRow> ledger,
    Iterable<Refusal> refusals,
    Map<Meta, Long> meta) {
  /** Without a refusal that still counts, and with all rows. */
  public CatalogState(List<ToyRow> toys, Iterable<LedgerRow> ledger, Map<Meta, Long> meta) {
    this(toys, OlderRows.NONE, ledger, List.of(), meta);
  }

  long number(Meta name) {
    return meta.getOrDefault(name, 0L);
  }
}
