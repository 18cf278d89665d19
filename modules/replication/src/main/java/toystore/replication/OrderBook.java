package toystore.replication;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import toystore.model.KeyHash;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

/**
 * The orders that are applied, by number and by key. A key becomes one order, however often it is
 * in the log. Replicas that applied the same entries have the same digest.
 *
 * <p>Memory: 12 to 20 bytes an order (a reference and two to four places of an index half full),
 * beside the purchase itself (about 200 bytes), which it shares with the log.
 */
public final class OrderBook {
  private static final int FREE = -1;

  private final KeyHash hash;

  private final List<PurchaseRequest> orders = new ArrayList<>();
  private final SortedMap<String, Long> sold = new TreeMap<>();
  private final MessageDigest digest = sha256();
  /** Open addressing: the number of the order whose key hashes here or shortly before, or FREE. */
  private int[] numberByKey = emptyIndex(64);

  /**
   * @param hashSeed of the index by key: secret and random in service, because clients choose keys
   *     and must not choose collisions; nothing that the book answers depends on it
   */
  public OrderBook(long hashSeed) {
    hash = new KeyHash(hashSeed);
  }

  /** An order and the purchase that became it. */
  public record Placed(long number, PurchaseRequest purchase) {
    public Order order() {
      return new Order(number, purchase.name(), purchase.quantity());
    }
  }

  /** Applies a committed entry. Empty if it makes no order: a no-op, or a key applied before. */
  public Optional<Order> apply(Entry entry) {
    PurchaseRequest purchase = entry.purchase();
    if (purchase == null || numberOf(purchase.key()) != FREE) {
      return Optional.empty();
    }
    int number = orders.size();
    add(purchase);
    return Optional.of(new Order(number, purchase.name(), purchase.quantity()));
  }

  /** Adds an order that was stored, in the order of their numbers. */
  public void restore(long number, PurchaseRequest purchase) {
    if (number != orders.size() || numberOf(purchase.key()) != FREE) {
      throw new IllegalStateException(
          "order " + number + " key=" + purchase.key() + " after " + orders.size() + " orders");
    }
    add(purchase);
  }

  private void add(PurchaseRequest purchase) {
    int number = orders.size();
    orders.add(purchase);
    if (orders.size() > numberByKey.length / 2) {
      growIndex();
    } else {
      numberByKey[placeOf(purchase.key())] = number;
    }
    sold.merge(purchase.name(), (long) purchase.quantity(), Long::sum);
    addToDigest(number, purchase);
  }

  private void growIndex() {
    numberByKey = emptyIndex(Math.multiplyExact(numberByKey.length, 2));
    for (int number = 0; number < orders.size(); number++) {
      numberByKey[placeOf(orders.get(number).key())] = number;
    }
  }

  /** Where the key is, or would be put. */
  private int placeOf(String key) {
    int place = hash.of(key) & numberByKey.length - 1;
    while (numberByKey[place] != FREE && !orders.get(numberByKey[place]).key().equals(key)) {
      place = place + 1 & numberByKey.length - 1;
    }
    return place;
  }

  private int numberOf(String key) {
    return numberByKey[placeOf(key)];
  }

  /** One line an order; each text after its length, so that no two orders read alike. */
  private void addToDigest(long number, PurchaseRequest purchase) {
    String line = number + " " + purchase.key().length() + " " + purchase.key() + " "
        + purchase.name().length() + " " + purchase.name() + " " + purchase.quantity() + "\n";
    digest.update(line.getBytes(StandardCharsets.UTF_8));
  }

  public long count() {
    return orders.size();
  }

  public Optional<Placed> byKey(String key) {
    int number = numberOf(key);
    return number == FREE ? Optional.empty() : Optional.of(new Placed(number, orders.get(number)));
  }

  public Optional<Order> byNumber(long number) {
    return number < 0 || number >= orders.size()
        ? Optional.empty()
        : Optional.of(new Placed(number, orders.get((int) number)).order());
  }

  /** Units sold of each toy that was sold at all. */
  public Map<String, Long> sold() {
    return Collections.unmodifiableSortedMap(sold);
  }

  /** SHA-256 over all orders by number: number, key, toy and quantity; in hex. */
  public String digest() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 of this Java runtime cannot be copied", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static int[] emptyIndex(int places) {
    int[] index = new int[places];
    Arrays.fill(index, FREE);
    return index;
  }
}
