package toystore.catalog;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import toystore.disk.DataFolder;
import toystore.disk.DataFolderException;
import toystore.disk.WriteWait;
import toystore.stock.CatalogWrite;
import toystore.stock.LedgerRow;
import toystore.stock.Meta;
import toystore.stock.ToyRow;

/**
 * Makes the data folder of a catalog that goes on from known books. A catalog that starts on it
 * finds what it would have written itself. Owned by one thread, which waits for each write.
 */
public final class CatalogMaker implements AutoCloseable {
  private final DataFolder folder;
  private final WriteWait wait = new WriteWait();
  private final CatalogStore store;
  private long writes;
  private int rows;

  private CatalogMaker(DataFolder folder) {
    this.folder = folder;
    store = CatalogStore.open(folder.file(CatalogFile.NAME), folder.files(), wait::failed);
  }

  /** @throws DataFolderException when the folder is in use, or cannot be written */
  public static CatalogMaker open(Path path) {
    DataFolder folder = DataFolder.open(path);
    try {
      return new CatalogMaker(folder);
    } catch (DataFolderException e) {
      folder.close();
      throw e;
    }
  }

  /** Adds purchases to the ledger. */
  public void add(List<LedgerRow> purchases) {
    write(List.of(), purchases, Map.of());
  }

  /**
   * Sets the stock of all toys, and the named numbers, when all purchases are added. What is sold
   * is sealed then, so that the first start is like any other.
   */
  public void set(List<ToyRow> toys, Map<Meta, Long> numbers) {
    write(toys, List.of(), numbers);
    store.sealAll();
  }

  private void write(List<ToyRow> toys, List<LedgerRow> purchases, Map<Meta, Long> numbers) {
    CatalogWrite write =
        new CatalogWrite(++writes, toys, rows, List.copyOf(purchases), List.of(), numbers);
    rows += purchases.size();
    wait.durable(onDurable -> store.write(write, onDurable));
  }

  @Override
  public void close() {
    store.close();
    folder.close();
  }
}
