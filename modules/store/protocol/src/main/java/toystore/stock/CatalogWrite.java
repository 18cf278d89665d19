package toystore.stock;

import java.util.List;
import java.util.Map;

/**
 * Rows to make durable together, in this order: toys and ledger rows, then sales, refusals, and
 * meta.
 *
 * @param id ascending without gaps, from 1; a write is durable only when all earlier ones are
 * @param toys rows to insert or replace
 * @param firstRow the row number of the first of {@code ledger}, from 0
 * @param ledger rows to append
 * @param sold row numbers whose state becomes {@link LedgerState#SOLD}
 * @param forgotten refusals to remove
 * @param refused refusals to append
 * @param meta named numbers to insert or replace
 */
public record CatalogWrite(
    long id,
    List<ToyRow> toys,
    int firstRow,
    List<LedgerRow> ledger,
    List<Integer> sold,
    List<Refusal> forgotten,
    List<Refusal> refused,
    Map<Meta, Long> meta) {

  /** Without refusals. */
  public CatalogWrite(
      long id,
      List<ToyRow> toys,
      int firstRow,
      List<LedgerRow> ledger,
      List<Integer> sold,
      Map<Meta, Long> meta) {
    this(id, toys, firstRow, ledger, sold, List.of(), List.of(), meta);
  }
}
