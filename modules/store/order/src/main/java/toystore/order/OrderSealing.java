package toystore.order;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.replication.OrderBook;
import toystore.replication.OrderTable;

/**
 * Takes the oldest orders out of a book's memory, a table at a time: once the database has them for
 * good they are sealed, and then let go. Owned by one event loop; sealing is done on a thread of
 * its own, so that neither the loop nor the log waits for it.
 */
public final class OrderSealing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OrderSealing.class);
  private static final long CLOSE_LIMIT_SECONDS = 10;

  /** So many ticks after it failed, about a minute, it is tried again. */
  static final int RETRY_TICKS = 6_000;

  private final OrderBook book;
  private final OrderStore orders;
  private final SealedOrders older;
  private final Consumer<Throwable> onFailure;
  private final ExecutorService thread;
  /** Set by the owner, cleared by the sealing thread: one table at a time. */
  private volatile boolean sealing;
  /** Ticks until it is tried again. Written by the sealing thread only while it is sealing. */
  private int restTicks;

  /** @param onFailure told, on any thread, that the process must end */
  public OrderSealing(
      String service,
      OrderBook book,
      OrderStore orders,
      SealedOrders older,
      Consumer<Throwable> onFailure) {
    this.book = book;
    this.orders = orders;
    this.older = older;
    this.onFailure = onFailure;
    thread = Executors.newSingleThreadExecutor(task -> {
      Thread made = new Thread(task, service + "-sealer");
      made.setDaemon(true);
      return made;
    });
  }

  /**
   * Puts all orders of the database that are not sealed into the book, and seals full tables as
   * they come: so memory never has more than the last ones. Takes its time.
   */
  public void load() {
    long from = older.count();
    orders.load(from, row -> {
      book.restore(row.number(), row.purchase());
      // What was read is durable.
      sealWhileLoading();
    });
    if (older.count() > from) {
      LOG.info("file={} sealed={} before={}", orders.file(), older.count(), from);
    }
  }

  private void sealWhileLoading() {
    if (restTicks == 0) {
      book.toSeal().filter(this::trySealing).ifPresent(done -> book.dropSealed());
    }
  }

  /** Seals all full tables that are durable, on this thread: before any tick. */
  void sealNow() {
    while (restTicks == 0 && durableTable().filter(this::trySealing).isPresent()) {
      book.dropSealed();
    }
  }

  /** Only what is durable: runs that are ahead of the database would be thrown away at a start. */
  private Optional<OrderTable> durableTable() {
    return book.toSeal().filter(table -> table.end() <= orders.durable());
  }

  /** False where it cannot be done now. Nothing is lost: the orders stay in memory until it can. */
  private boolean trySealing(OrderTable table) {
    long digest = orders.takeDigest(table.first());
    try {
      older.seal(table, digest);
      return true;
    } catch (IOException e) {
      LOG.warn(
          "file={} sealed={} became=NOT_SEALED reason=\"{}\"",
          orders.file(),
          older.count(),
          e.toString());
      orders.returnDigest(table.first(), digest);
      restTicks = RETRY_TICKS;
      return false;
    }
  }

  /** Time has passed. */
  public void tick() {
    if (sealing) {
      return;
    }
    book.dropSealed();
    if (restTicks > 0) {
      restTicks--;
      return;
    }
    durableTable().ifPresent(table -> {
      sealing = true;
      thread.execute(() -> sealApart(table));
    });
  }

  private void sealApart(OrderTable table) {
    try {
      trySealing(table);
      sealing = false;
    } catch (RuntimeException | Error e) {
      // Such as a broken rule.
      onFailure.accept(e);
    }
  }

  /** Waits for the table under way. What is not sealed then is sealed by the next start. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("file={} sealing=LEFT", orders.file());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
