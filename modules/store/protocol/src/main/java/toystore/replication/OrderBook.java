package toystore.replication;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import toystore.model.Chain;
import toystore.model.KeyHash;
import toystore.model.Mark;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

/**
 * The orders that are applied, by number and by key. A key becomes one order, however often it is
 * in the log. Replicas that applied the same entries have the same digest.
 *
 * <p>The newest orders are in memory, in tables of some thousand: 77 bytes an order with a key of
 * 36 characters, in large arrays that a collector need not look into. A full table is let go once
 * {@link OlderOrders} has its orders; what the book answers is the same before and after.
 */
public final class OrderBook {
  /**
   * Orders in a table: a step by which the older ones grow. A start reads and digests those that no
   * full table had, half a step on average: so it is short.
   */
  public static final int STEP = 1 << 14;

  private static final long ABSENT = -1;

  private final OlderOrders older;
  private final int step;
  private final KeyHash hash;
  // Invariant: their orders follow each other, up to the last one of all; only the last table may
  // have fewer than a step. All orders before them are among the older ones.
  private final List<OrderTable> tables = new ArrayList<>();
  private final SortedMap<String, Long> sold;
  private final Chain chain = new Chain();
  private long count;
  /** Of the chain over all orders. */
  private long lastLink;

  /** A book without orders, which keeps all that it takes in. */
  public OrderBook(long hashSeed) {
    this(hashSeed, OlderOrders.NONE, STEP);
  }

  /**
   * A book that goes on where these orders end.
   *
   * @param hashSeed of the index by key: secret and random in service, because clients choose keys
   *     and must not choose collisions; nothing that the book answers depends on it
   * @param step how many orders a table has
   */
  public OrderBook(long hashSeed, OlderOrders older, int step) {
    this.hash = new KeyHash(hashSeed);
    this.older = older;
    this.step = step;
    count = older.count();
    lastLink = older.markAt(count).link();
    sold = new TreeMap<>(older.sold());
  }

  /** An order and the purchase that became it. */
  public record PlacedOrder(long number, PurchaseRequest purchase) {
    public Order order() {
      return new Order(number, purchase.name(), purchase.quantity());
    }
  }

  /**
   * Applies a committed entry. Empty if it makes no order: a no-op, or a key applied before, for
   * which it may ask {@link OlderOrders#byKey}.
   */
  public Optional<Order> apply(Entry entry) {
    PurchaseRequest purchase = entry.purchase();
    if (purchase == null) {
      return Optional.empty();
    }
    int keyHash = hash.of(purchase.key());
    if (isKnown(purchase.key(), keyHash)) {
      return Optional.empty();
    }
    long number = count;
    add(purchase, keyHash);
    return Optional.of(new Order(number, purchase.name(), purchase.quantity()));
  }

  /** Adds an order that was stored, in the order of their numbers. */
  public void restore(long number, PurchaseRequest purchase) {
    int keyHash = hash.of(purchase.key());
    if (number != count || isKnown(purchase.key(), keyHash)) {
      throw new IllegalStateException(
          "order " + number + " key=" + purchase.key() + " after " + count + " orders");
    }
    add(purchase, keyHash);
  }

  private boolean isKnown(String key, int keyHash) {
    return find(key, keyHash) != ABSENT || older.byKey(key).isPresent();
  }

  /** The number of the order of this key, as far as it is in memory. */
  private long find(String key, int keyHash) {
    for (int table = tables.size() - 1; table >= 0; table--) {
      long number = tables.get(table).find(key, keyHash);
      if (number != ABSENT) {
        return number;
      }
    }
    return ABSENT;
  }

  private void add(PurchaseRequest purchase, int keyHash) {
    lastLink = link(chain, lastLink, count, purchase);
    newest().add(purchase, keyHash, lastLink);
    count++;
    sold.merge(purchase.name(), (long) purchase.quantity(), Long::sum);
  }

  /** A table with room. */
  private OrderTable newest() {
    if (tables.isEmpty() || tables.get(tables.size() - 1).isFull()) {
      tables.add(new OrderTable(count, step, hash.seed()));
    }
    return tables.get(tables.size() - 1);
  }

  /** The link of this order in the chain over all orders, after the link of the one before. */
  public static long link(Chain chain, long previous, long number, PurchaseRequest purchase) {
    return chain.next(previous, number, purchase.quantity(), purchase.key(), purchase.name());
  }

  /** How far these orders go. */
  public Mark mark() {
    return new Mark(count, lastLink);
  }

  /** How far the first so many go, which must be there. */
  public Mark markAt(long orders) {
    return orders <= inMemoryFrom()
        ? older.markAt(orders)
        : new Mark(orders, tableOf(orders - 1).link(orders - 1));
  }

  /** Whether this order, which must be there, is the one of this purchase. Reads no disk. */
  public boolean has(long number, PurchaseRequest purchase) {
    long before = markAt(number).link();
    return markAt(number + 1).link() == link(chain, before, number, purchase);
  }

  public long count() {
    return count;
  }

  /** The number of the first order that is in memory; those before it are read from a disk. */
  public long inMemoryFrom() {
    return tables.isEmpty() ? count : tables.get(0).first();
  }

  private OrderTable tableOf(long number) {
    return tables.get((int) ((number - inMemoryFrom()) / step));
  }

  /** The order of this key; asks {@link OlderOrders#byKey} where it is not in memory. */
  public Optional<PlacedOrder> byKey(String key) {
    long number = find(key, hash.of(key));
    return number == ABSENT
        ? older.byKey(key)
        : Optional.of(new PlacedOrder(number, tableOf(number).purchase(number)));
  }

  /** The order of this number, where it is in memory. */
  public Optional<Order> inMemory(long number) {
    if (number < inMemoryFrom() || number >= count) {
      return Optional.empty();
    }
    OrderTable table = tableOf(number);
    return Optional.of(new Order(number, table.toy(number), table.quantity(number)));
  }

  /** What became the order of this number, which must be there; as {@link OlderOrders#purchase}. */
  public PurchaseRequest purchase(long number) {
    return number < inMemoryFrom() ? older.purchase(number) : tableOf(number).purchase(number);
  }

  /** Units sold of each toy that was sold at all. */
  public Map<String, Long> sold() {
    return Collections.unmodifiableSortedMap(sold);
  }

  /** The first table that the older orders do not have yet, once it is full. */
  public Optional<OrderTable> toSeal() {
    return tables.stream()
        .filter(table -> table.isFull() && table.first() == older.count())
        .findFirst();
  }

  /** Lets go of what the older orders have by now. */
  public void dropSealed() {
    // Only whole tables: so the first one that stays begins where the older orders end, or before.
    while (!tables.isEmpty() && tables.get(0).isFull() && tables.get(0).end() <= older.count()) {
      tables.remove(0);
    }
  }

  /** SHA-256 over the mark, which stands for all orders: number, key, toy, quantity; in hex. */
  public String digest() {
    Mark mark = mark();
    byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(mark.orders())
        .putLong(mark.link())
        .array();
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
