package toystore.evaluation;

import io.vertx.core.buffer.Buffer;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import toystore.edge.WireFormat;
import toystore.model.PurchaseRequest;
import toystore.purchase.OrderMessages.Buy;

/** What JSON costs a batch of purchases between front-end and leader. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JsonBenchmark {
  /** Purchases in the batch. */
  @Param({"1", "64"})
  public int batch;

  private Buy buy;
  private Buffer json;

  /** Keys as the front-end makes them. */
  @Setup
  public void makeBatch() {
    List<PurchaseRequest> requests = IntStream.range(0, batch)
        .mapToObj(
            i -> new PurchaseRequest("3f2504e0-4f89-11d3-9a0c-" + (100_000_000_000L + i), "Tux", 1))
        .toList();
    buy = new Buy(requests, Collections.nCopies(requests.size(), 1L));
    json = WireFormat.encode(buy);
  }

  @Benchmark
  public Buffer encode() {
    return WireFormat.encode(buy);
  }

  @Benchmark
  public Buy decode() {
    return WireFormat.decode(json, Buy.class);
  }
}
