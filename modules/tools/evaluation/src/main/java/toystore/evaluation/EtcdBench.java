package toystore.evaluation;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an etcd does by itself, as a yardstick: plain puts, on a new one in each repetition. */
final class EtcdBench {
  static final String NAME = "etcd";

  /** So that nobody takes it for what it is not. */
  static final List<String> WORDS = List.of(
      "etcd: plain puts by gRPC to the leader of " + EtcdCluster.MEMBERS + " members on this"
          + " machine, with its defaults: each is durable on two of them.",
      "A put takes no stock from a catalog, looks up no idempotency key, and comes through no"
          + " front-end with an HTTP API: it is less than a purchase.");

  private final BenchPlan plan;
  private final Vertx vertx;
  private final Steps steps;

  EtcdBench(BenchPlan plan, Vertx vertx, Steps steps) {
    this.plan = plan;
    this.vertx = vertx;
    this.steps = steps;
  }

  /** Puts from so many connections in one repetition. */
  record PutRun(int repetition, int connections, Throughput throughput) {}

  /**
   * Warms up as the stores do, and measures.
   *
   * @throws toystore.operations.OperationFailed when it does not start, or cannot be loaded
   */
  List<PutRun> run(int repetition) throws IOException, InterruptedException {
    steps.begin("starting " + NAME);
    try (EtcdCluster etcd = EtcdCluster.up(vertx)) {
      steps.begin("warming up");
      etcd.load(Bench.WARM_UP_CONNECTIONS, plan.warmUp(), plan.warmUpOf(Workload.PURCHASE));
      List<PutRun> runs = new ArrayList<>();
      for (int connections : plan.connections()) {
        steps.begin(Bench.words(NAME, connections));
        Throughput measured = etcd.load(connections, plan.warmUp(), plan.load());
        runs.add(new PutRun(repetition, connections, measured));
        steps.end(String.format(
            Locale.ROOT, "%s: %.0f/s", Bench.words(NAME, connections), measured.perSecond()));
      }
      return runs;
    }
  }
}
