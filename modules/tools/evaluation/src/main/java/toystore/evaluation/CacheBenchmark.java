package toystore.evaluation;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import toystore.cache.ProductCache;

/** What the front-end's cache itself costs a query. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CacheBenchmark {
  private static final int CAPACITY = 10;

  private final ProductCache<String> cache = new ProductCache<>(CAPACITY);
  private final String[] names = new String[CAPACITY];
  private int turn;

  /** A full cache whose lease does not end. */
  @Setup
  public void fill() {
    cache.startSession(1, Long.MAX_VALUE / 2);
    for (int i = 0; i < CAPACITY; i++) {
      names[i] = "toy " + i;
      cache.finishLoad(cache.beginLoad(names[i]), 1, true, names[i]);
    }
  }

  /** Each of ten toys in turn, so that each hit moves the oldest to the front. */
  @Benchmark
  public String hit() {
    turn = (turn + 1) % CAPACITY;
    return cache.find(names[turn], 0);
  }

  /** A change drops the toy, and the next query fills it in again. */
  @Benchmark
  public boolean invalidateAndFill() {
    turn = (turn + 1) % CAPACITY;
    cache.invalidate(names[turn], 1);
    return cache.finishLoad(cache.beginLoad(names[turn]), 1, true, names[turn]);
  }
}
