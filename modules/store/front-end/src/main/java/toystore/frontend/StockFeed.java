package toystore.frontend;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import toystore.edge.Loop;
import toystore.edge.WireFormat;
import toystore.stock.CatalogMessages.ToyState;

/**
 * What is on the shelves, to whoever watches: all toys first, then those that changed. The catalog
 * is asked once for all who watch, and not at all while nobody does. Owned by one event loop.
 */
final class StockFeed {
  private static final Duration PERIOD = Duration.ofMillis(500);
  /** Somebody who hears nothing for so long may take the connection for dead. */
  private static final long SILENCE_MS = 10_000;

  /**
   * The catalog's answer.
   *
   * @param restockInMs until it next looks for toys that are sold out; null if it does not say
   */
  record Shelves(List<ToyState> toys, Long restockInMs) {}

  /**
   * One event, in the public form.
   *
   * @param open whether the store sells at the moment
   * @param toys all of them in the first event, then those that changed
   */
  private record News(
      boolean open,
      @JsonProperty("restock_in_ms") Long restockInMs,
      List<ProductBody.Product> toys) {}

  private final Loop loop;
  private final Supplier<Future<Shelves>> catalog;
  private final BooleanSupplier serving;
  private final EventStreams streams;
  private final Map<String, ProductBody.Product> known = new LinkedHashMap<>();
  private Loop.Timer timer = () -> {};
  private Long restockAtMs;
  private boolean open;
  private boolean isAsking;
  private boolean isRunning;
  private long lastSentMs;

  /**
   * @param limit how many may watch
   * @param catalog asks it
   * @param serving whether purchases are taken
   */
  StockFeed(Loop loop, int limit, Supplier<Future<Shelves>> catalog, BooleanSupplier serving) {
    this.loop = loop;
    this.catalog = catalog;
    this.serving = serving;
    this.streams = new EventStreams(limit, this::whole);
  }

  /** Answers with events, for as long as the client listens. */
  void open(RoutingContext ctx) {
    streams.open(ctx, loop.millis());
    if (streams.size() > 0 && !isRunning) {
      isRunning = true;
      timer = loop.every(PERIOD, this::look);
      look();
    }
  }

  void close() {
    stop();
    streams.close();
  }

  private void stop() {
    timer.cancel();
    isRunning = false;
    // What was known is old by the time that somebody watches again.
    known.clear();
    open = false;
  }

  private void look() {
    if (streams.size() == 0) {
      stop();
    } else if (!isAsking) {
      isAsking = true;
      catalog.get().onComplete(answer -> {
        isAsking = false;
        if (isRunning) {
          tell(answer.succeeded() ? answer.result() : null);
        }
      });
    }
  }

  private void tell(Shelves shelves) {
    List<ProductBody.Product> changed = shelves == null ? List.of() : changes(shelves);
    boolean isOpen = shelves != null && serving.getAsBoolean();
    boolean isNews = isOpen != open || !changed.isEmpty();
    open = isOpen;
    if (isNews || loop.millis() - lastSentMs >= SILENCE_MS) {
      lastSentMs = loop.millis();
      streams.send(event(changed), lastSentMs);
    }
  }

  private List<ProductBody.Product> changes(Shelves shelves) {
    restockAtMs = shelves.restockInMs == null ? null : loop.millis() + shelves.restockInMs;
    return shelves.toys.stream()
        .map(ProductBody.Product::of)
        .filter(toy -> !toy.equals(known.put(toy.name(), toy)))
        .toList();
  }

  private Buffer whole() {
    return known.isEmpty() ? null : event(List.copyOf(known.values()));
  }

  private Buffer event(List<ProductBody.Product> toys) {
    Long inMs = restockAtMs == null ? null : Math.max(0, restockAtMs - loop.millis());
    return EventStreams.event(WireFormat.encode(new News(open, inMs, toys)));
  }
}
