package toystore.browser;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Some who look at toys and buy them all the time, so that pages have something to show. */
final class Shoppers implements AutoCloseable {
  private static final int EVERY_MS = 20;
  /** Not those whose stock other tests count. */
  private static final List<String> TOYS =
      List.of("Python", "Dolphin", "Frisbee", "Marbles", "Chess", "Dollhouse", "Lego", "Barbie");

  private final URI store;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Queue<CompletableFuture<Integer>> purchases = new ConcurrentLinkedQueue<>();
  private int visits;

  Shoppers(URI store) {
    this.store = store;
    clock.scheduleAtFixedRate(this::visit, 0, EVERY_MS, TimeUnit.MILLISECONDS);
  }

  private void visit() {
    String toy = TOYS.get(visits++ % TOYS.size());
    HttpRequest look = HttpRequest.newBuilder(store.resolve("/products/" + toy)).build();
    client.sendAsync(look, BodyHandlers.discarding());
    HttpRequest buy = HttpRequest.newBuilder(store.resolve("/orders"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"name\":\"" + toy + "\",\"quantity\":1}"))
        .build();
    purchases.add(
        client.sendAsync(buy, BodyHandlers.discarding()).thenApply(answer -> answer.statusCode()));
  }

  /** Lets them go; the statuses of their purchases, each once. */
  List<Integer> statuses() {
    clock.shutdown();
    return purchases.stream().map(CompletableFuture::join).distinct().toList();
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
