package toystore.replication;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import toystore.model.Chain;
import toystore.model.KeyTable;
import toystore.model.LongList;
import toystore.model.Mark;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

/**
 * The orders that are applied, by number and by key. A key becomes one order, however often it is
 * in the log. Replicas that applied the same entries have the same digest.
 *
 * <p>Memory: 77 bytes an order with a key of 36 characters, in large arrays that a collector need
 * not look into, and that grow without a pause (see {@link KeyTable}).
 */
public final class OrderBook {
  /** The key of each order; its row is the order's number. */
  private final KeyTable keys;
  /** Of each order {@code toy << 32 | quantity}. */
  private final LongList bodies = new LongList();
  /** Each toy that was sold, in the order of first sale. */
  private final List<String> toys = new ArrayList<>();

  private final Map<String, Integer> toyPositions = new HashMap<>();
  private final SortedMap<String, Long> sold = new TreeMap<>();
  private final Chain chain = new Chain();
  /** Of each order the link of the chain over all up to it. */
  private final LongList links = new LongList();

  /**
   * @param hashSeed of the index by key: secret and random in service, because clients choose keys
   *     and must not choose collisions; nothing that the book answers depends on it
   */
  public OrderBook(long hashSeed) {
    keys = new KeyTable(hashSeed);
  }

  /** An order and the purchase that became it. */
  public record PlacedOrder(long number, PurchaseRequest purchase) {
    public Order order() {
      return new Order(number, purchase.name(), purchase.quantity());
    }
  }

  /** Applies a committed entry. Empty if it makes no order: a no-op, or a key applied before. */
  public Optional<Order> apply(Entry entry) {
    PurchaseRequest purchase = entry.purchase();
    if (purchase == null || keys.find(purchase.key()) != KeyTable.ABSENT) {
      return Optional.empty();
    }
    int number = keys.size();
    add(purchase);
    return Optional.of(new Order(number, purchase.name(), purchase.quantity()));
  }

  /** Adds an order that was stored, in the order of their numbers. */
  public void restore(long number, PurchaseRequest purchase) {
    if (number != keys.size() || keys.find(purchase.key()) != KeyTable.ABSENT) {
      throw new IllegalStateException(
          "order " + number + " key=" + purchase.key() + " after " + keys.size() + " orders");
    }
    add(purchase);
  }

  private void add(PurchaseRequest purchase) {
    int number = keys.add(purchase.key());
    bodies.add((long) positionOf(purchase.name()) << Integer.SIZE | purchase.quantity());
    sold.merge(purchase.name(), (long) purchase.quantity(), Long::sum);
    links.add(link(chain, markAt(number).link(), number, purchase));
  }

  private int positionOf(String toy) {
    return toyPositions.computeIfAbsent(toy, added -> {
      toys.add(added);
      return toys.size() - 1;
    });
  }

  /** The link of this order in the chain over all orders, after the link of the one before. */
  public static long link(Chain chain, long previous, long number, PurchaseRequest purchase) {
    return chain.next(previous, number, purchase.quantity(), purchase.key(), purchase.name());
  }

  /** How far these orders go. */
  public Mark mark() {
    return markAt(count());
  }

  /** How far the first so many go, which must be there. */
  public Mark markAt(long orders) {
    return orders == 0 ? Mark.NONE : new Mark(orders, links.get(Math.toIntExact(orders - 1)));
  }

  public long count() {
    return keys.size();
  }

  public Optional<PlacedOrder> byKey(String key) {
    int number = keys.find(key);
    return number == KeyTable.ABSENT
        ? Optional.empty()
        : Optional.of(
            new PlacedOrder(number, new PurchaseRequest(key, toyOf(number), quantityOf(number))));
  }

  public Optional<Order> byNumber(long number) {
    return number < 0 || number >= keys.size()
        ? Optional.empty()
        : Optional.of(new Order(number, toyOf((int) number), quantityOf((int) number)));
  }

  /** What became the order of this number, which must be there. */
  public PurchaseRequest purchase(long number) {
    int row = Math.toIntExact(number);
    return new PurchaseRequest(keys.keyAt(row), toyOf(row), quantityOf(row));
  }

  private String toyOf(int number) {
    return toys.get((int) (bodies.get(number) >> Integer.SIZE));
  }

  private int quantityOf(int number) {
    return (int) bodies.get(number);
  }

  /** Units sold of each toy that was sold at all. */
  public Map<String, Long> sold() {
    return Collections.unmodifiableSortedMap(sold);
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
