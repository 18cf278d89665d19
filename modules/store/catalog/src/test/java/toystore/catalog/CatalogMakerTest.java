package toystore.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.SealedRows;
import toystore.stock.LedgerRow;
import toystore.stock.LedgerState;
import toystore.stock.ToyRow;

class CatalogMakerTest {
  private static final int BATCH = 8_192;

  @TempDir
  Path folder;

  private static List<LedgerRow> sold(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(row -> new LedgerRow("key-" + row, "Tux", 1, LedgerState.SOLD))
        .toList();
  }

  /** So the first start need not read them all. */
  @Test
  void oldPurchasesAreSealed() {
    int rows = SealedLedger.STEP + BATCH;
    try (CatalogMaker maker = CatalogMaker.open(folder)) {
      for (int first = 0; first < rows; first += BATCH) {
        maker.add(sold(first, BATCH));
      }
      maker.set(List.of(new ToyRow(0, "Tux", 1_599, rows, 0, 0, 1)), Map.of());
    }

    try (SealedRows runs = SealedLedger.openRuns(folder.resolve(CatalogFile.NAME))) {
      assertEquals(SealedLedger.STEP, runs.count());
    }
  }
}
