package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.operations.TimeLimit;
import toystore.operations.UpOptions;

/** What many consoles cost, and what those leave behind that have gone. */
@Tag("drills")
class ConsolesDrillIT {
  @RegisterExtension
  static final RunningStore STORE = new RunningStore(UpOptions.defaults());

  private static final int CONSOLES = 200;
  private static final int ROUNDS = 10;
  private static final int ROUND_MS = 2_000;
  private static final int CLIENTS = 16;
  private static final int VISITS = 10_000;
  private static final byte[] QUERY =
      "GET /products/Tux HTTP/1.1\r\nHost: store\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Far below what is promised: other work on the machine must not fail this. */
  private static final double LEAST_RATIO = 0.6;

  private static final double MOST_GROWTH = 1.5;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void manyConsolesLeaveTheQueriesTheirRate() throws Exception {
    List<Double> ratios = new ArrayList<>();
    rate(ROUND_MS);
    for (int round = 0; round < ROUNDS; round++) {
      double without = rate(ROUND_MS);
      double with;
      try (OpenConsoles consoles = new OpenConsoles(store(), CONSOLES, true)) {
        with = rate(ROUND_MS);
        assertTrue(consoles.bytes() > 0, "the consoles were sent something");
        assertEquals(0, consoles.ended());
      }
      ratios.add(with / without);
      RunningStore.measured(
          "consoles: %.0f queries/s without, %.0f with %d", without, with, CONSOLES);
    }
    ratios.sort(null);
    double median = (ratios.get(ROUNDS / 2 - 1) + ratios.get(ROUNDS / 2)) / 2;
    RunningStore.measured("consoles: median of %d ratios %.3f", ROUNDS, median);
    assertTrue(median > LEAST_RATIO, "ratio " + median);
  }

  @Test
  void consolesThatHaveGoneLeaveNothingBehind() throws Exception {
    visit(VISITS / 10);
    long before = usedBytes();
    visit(VISITS);
    long after = usedBytes();

    RunningStore.measured(
        "consoles: heap after a collection %d kB, after %d consoles more %d kB",
        before >> 10, VISITS, after >> 10);
    assertTrue(after < MOST_GROWTH * before, before + " " + after);
  }

  @Test
  void consolesThatDoNotReadAreEndedAndHarmNobody() throws Exception {
    int some = 20;
    try (OpenConsoles deaf = new OpenConsoles(store(), some, false);
        OpenConsoles others = new OpenConsoles(store(), some, true)) {
      RunningStore.until("all are open", () -> open() == 2 * some);
      long before = System.nanoTime();
      try (Load load = new Load()) {
        boolean areEnded =
            TimeLimit.await(Duration.ofMinutes(3), () -> load.queries.get() > 0 && open() == some);
        assertTrue(areEnded, open() + " are open");
      }
      RunningStore.measured(
          "consoles: %d that read nothing were ended after %d s at most",
          some, (System.nanoTime() - before) / 1_000_000_000);

      assertEquals(0, others.ended());
      assertEquals(0, deaf.bytes());
    }
  }

  private static URI store() {
    return STORE.store().addresses().get(0);
  }

  /** Product queries a second, of clients that wait for each answer. */
  private static double rate(int ms) throws Exception {
    try (Load load = new Load()) {
      Thread.sleep(ms / 4);
      long count = load.queries.get();
      long began = System.nanoTime();
      Thread.sleep(ms);
      return (load.queries.get() - count) * 1e9 / (System.nanoTime() - began);
    }
  }

  private static void visit(int times) throws IOException {
    ByteBuffer answer = ByteBuffer.allocate(512);
    for (int i = 0; i < times; i++) {
      try (SocketChannel console = OpenConsoles.open(store())) {
        answer.clear();
        console.read(answer);
      }
    }
    RunningStore.until("they have gone", () -> open() == 0);
  }

  private static int open() {
    return (int) metric("toystore_consoles");
  }

  /** What the front-end's heap holds when all garbage has been collected. */
  private static long usedBytes() throws Exception {
    long pid = STORE.store().status().of("front-end").pid().orElseThrow();
    new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            Long.toString(pid),
            "GC.run")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    return (long) metric("jvm_memory_used_bytes{area=\"heap\"");
  }

  private static double metric(String name) {
    URI metrics = URI.create("http://" + STORE.store().internalAddress("front-end") + "/metrics");
    String text = HTTP.sendAsync(
            HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
        .join()
        .body();
    return text.lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Clients that ask for a product again and again, each as soon as it has its answer. */
  private static final class Load implements AutoCloseable {
    private final AtomicLong queries = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    private Load() {
      for (int i = 0; i < CLIENTS; i++) {
        Thread thread = new Thread(this::run, "client-" + i);
        threads.add(thread);
        thread.start();
      }
    }

    private void run() {
      ByteBuffer answer = ByteBuffer.allocate(4 << 10);
      URI store = store();
      try (SocketChannel shop =
          SocketChannel.open(new InetSocketAddress(store.getHost(), store.getPort()))) {
        while (!closed) {
          shop.write(ByteBuffer.wrap(QUERY));
          answer.clear();
          shop.read(answer);
          queries.incrementAndGet();
        }
      } catch (IOException broken) {
        throw new AssertionError(broken);
      }
    }

    @Override
    public void close() {
      closed = true;
      for (Thread thread : threads) {
        try {
          thread.join();
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
