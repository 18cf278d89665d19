package toystore.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import toystore.model.LogPosition;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.order.AppliedOrders;
import toystore.raft.core.SnapshotChunk;
import toystore.replication.Entry;
import toystore.replication.OrderBook;
import toystore.replication.OrdersInMemory;
import toystore.virtualtime.Violation;

/** A replica's orders in memory, with the entries that led to them. Owned by a {@link Replica}. */
final class OrderState implements AppliedOrders {
  private static final long NONE = -1;

  private final Replica replica;
  private final World world;
  private final OrdersInMemory older = new OrdersInMemory();
  private final int step;
  private OrderBook book = new OrderBook(1);
  private List<Entry> entries = new ArrayList<>();
  /** The orders in the book, as the entries that made them. */
  private List<Entry> orders = new ArrayList<>();

  private Snapshot staged = new Snapshot();
  /** To be applied, in this order. */
  private final Deque<Entry> expected = new ArrayDeque<>();
  /** The number of the order that the entry being applied has made, or none. */
  private long made = NONE;

  OrderState(Replica replica) {
    this.replica = replica;
    this.world = replica.world;
    // Each replica another one, and all so small that orders are old within a schedule.
    this.step = replica.id;
  }

  /** How many entries were applied, and how many orders in the book. */
  record AppliedCount(int entries, int orders) {}

  void load(ReplicaDisk disk) {
    staged = new Snapshot();
    expected.clear();
    made = NONE;
    entries = new ArrayList<>(disk.state());
    older.open(disk.orders().stream().map(Entry::purchase).toList());
    book = new OrderBook(1, older, step);
    orders = new ArrayList<>(disk.load(book));
  }

  /** Old orders leave the memory: sealed in one tick, and let go in a later one. */
  void seal(ReplicaDisk disk) {
    book.dropSealed();
    book.toSeal().filter(table -> table.end() <= disk.orders().size()).ifPresent(older::seal);
  }

  /** Orders that are sealed, as a disk has them. */
  List<Order> old(List<Long> numbers) {
    return numbers.stream()
        .map(number -> new OrderBook.PlacedOrder(number, older.purchase(number)).order())
        .toList();
  }

  OrderBook book() {
    return book;
  }

  List<Entry> entries() {
    return entries;
  }

  List<Entry> orders() {
    return orders;
  }

  AppliedCount known() {
    return new AppliedCount(entries.size(), orders.size());
  }

  ReplicaDisk.Applied upTo(AppliedCount known) {
    return new ReplicaDisk.Applied(
        entries.subList(0, known.entries()), orders.subList(0, known.orders()));
  }

  void stage(SnapshotChunk chunk) {
    staged.add(chunk, this::take);
  }

  void install(LogPosition position) {
    if (position.index() < entries.size()) {
      throw new Violation(replica + " goes back from " + entries.size() + " to " + position);
    }
    staged.addTo(entries, position);
  }

  /** An order of a snapshot's piece: to be seen at once, though not all before it is applied. */
  private void take(long number, Entry entry) {
    world.log.taken(replica, number, entry);
    PurchaseRequest purchase = entry.purchase();
    if (number < book.count()) {
      if (!book.has(number, purchase)) {
        throw new Violation(replica + " takes " + entry + " as order " + number + ", and has "
            + book.purchase(number));
      }
      return;
    }
    try {
      book.restore(number, purchase);
    } catch (IllegalStateException broken) {
      throw new Violation(replica + " finds: " + broken.getMessage(), broken);
    }
    orders.add(entry);
  }

  /** The core wants these applied; its shell does it, one by one. */
  void expect(List<Entry> toApply) {
    expected.addAll(toApply);
  }

  @Override
  public void add(long number, PurchaseRequest purchase, long index) {
    made = number;
  }

  @Override
  public void appliedUpTo(LogPosition position) {
    Entry entry = expected.remove();
    if (!entry.position().equals(position)) {
      throw new Violation(replica + " applies " + position + ", where " + entry + " is next");
    }
    int number = world.log.applies(replica, entry);
    entries.add(entry);
    boolean known = made == NONE && number >= 0 && number < orders.size();
    if (!known && made != number || known && !orders.get(number).equals(entry)) {
      throw new Violation(replica + " makes order " + made + " of " + entry + ", not " + number);
    }
    if (made != NONE) {
      orders.add(entry);
      world.trace.note(replica, () -> "applies " + entry + " as order " + number);
    }
    made = NONE;
  }
}
