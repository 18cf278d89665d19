package toystore.stock;

/**
 * The oldest rows of the ledger, which are on disk and not in memory: all are {@link
 * LedgerState#SOLD}, so none ever changes. Their number grows by whole steps.
 */
public interface OlderRows {
  /** None, and none ever. */
  OlderRows NONE = new OlderRows() {
    @Override
    public int count() {
      return 0;
    }

    @Override
    public int step() {
      return Integer.MAX_VALUE;
    }

    @Override
    public OlderRow find(String key) {
      return null;
    }
  };

  /**
   * One of them.
   *
   * @param row its number in the ledger
   */
  record OlderRow(int row, LedgerRow decided) {}

  /** The rows from 0 to below this number are here. It never falls. */
  int count();

  /** So many rows are sealed at a time. */
  int step();

  /** The row of this key, or null. It may be read from the disk, which few new keys need. */
  OlderRow find(String key);
}
