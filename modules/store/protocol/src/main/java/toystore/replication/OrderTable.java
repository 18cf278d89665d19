package toystore.replication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import toystore.model.KeyTable;
import toystore.model.LongList;
import toystore.model.PurchaseRequest;

/**
 * Orders whose numbers follow each other, in memory. Owned by a {@link OrderBook}; one that is full
 * never changes any more, and any thread may read it that was given it.
 */
public final class OrderTable {
  private final long first;
  private final int step;
  /** The key of each order; its row is the order's number, counted from the first one. */
  private final KeyTable keys;
  /** Of each order {@code toy << 32 | quantity}. */
  private final LongList bodies = new LongList();
  /** Of each order the link of the chain over all up to it. */
  private final LongList links = new LongList();
  /** Each toy that was sold here, in the order of first sale. */
  private final List<String> toys = new ArrayList<>();

  private final Map<String, Integer> toyPositions = new HashMap<>();

  OrderTable(long first, int step, long hashSeed) {
    this.first = first;
    this.step = step;
    this.keys = new KeyTable(hashSeed);
  }

  /** The number of its first order. */
  public long first() {
    return first;
  }

  /** The number behind its last order. */
  public long end() {
    return first + keys.size();
  }

  /** How many orders it has. */
  public int size() {
    return keys.size();
  }

  public boolean isFull() {
    return keys.size() == step;
  }

  /**
   * Adds the next order.
   *
   * @param keyHash of its key, by the seed of this table
   * @param link of the chain over all orders up to this one
   */
  void add(PurchaseRequest purchase, int keyHash, long link) {
    keys.add(purchase.key(), keyHash);
    bodies.add((long) positionOf(purchase.name()) << Integer.SIZE | purchase.quantity());
    links.add(link);
  }

  private int positionOf(String toy) {
    return toyPositions.computeIfAbsent(toy, added -> {
      toys.add(added);
      return toys.size() - 1;
    });
  }

  /**
   * The number of the order of this key, or -1.
   *
   * @param keyHash by the seed of this table
   */
  long find(String key, int keyHash) {
    int row = keys.find(key, keyHash);
    return row == KeyTable.ABSENT ? -1 : first + row;
  }

  /** What became the order of this number, which must be here. */
  public PurchaseRequest purchase(long number) {
    return new PurchaseRequest(keys.keyAt(row(number)), toy(number), quantity(number));
  }

  public String key(long number) {
    return keys.keyAt(row(number));
  }

  /** The link of the chain over all orders up to this one, which must be here. */
  public long link(long number) {
    return links.get(row(number));
  }

  String toy(long number) {
    return toys.get((int) (bodies.get(row(number)) >> Integer.SIZE));
  }

  int quantity(long number) {
    return (int) bodies.get(row(number));
  }

  /** Units sold of each toy by the orders here, added to those that were sold before. */
  public void addSoldTo(Map<String, Long> sold) {
    long[] units = new long[toys.size()];
    for (long number = first; number < end(); number++) {
      units[(int) (bodies.get(row(number)) >> Integer.SIZE)] += quantity(number);
    }
    for (int toy = 0; toy < units.length; toy++) {
      sold.merge(toys.get(toy), units[toy], Long::sum);
    }
  }

  private int row(long number) {
    return Math.toIntExact(number - first);
  }
}
