package toystore.evaluation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import toystore.model.Epochs;
import toystore.model.PurchaseRequest;
import toystore.primarybackup.PrimaryBackupCore;
import toystore.primarybackup.PrimaryBackupOptions;
import toystore.replication.DurableState;
import toystore.replication.Effects;
import toystore.replication.Input;
import toystore.replication.Message;
import toystore.replication.OlderEntries;
import toystore.replication.ReplicaCore;

/**
 * What agreement itself costs: a batch is proposed, appended by the leader and two followers, and
 * committed, all in this thread; network and disk take no time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReplicationBenchmark {
  private static final int LEADER = 3;
  private static final List<Integer> MEMBERS = List.of(1, 2, LEADER);
  private static final PrimaryBackupOptions ALL_IN_MEMORY =
      new PrimaryBackupOptions(3, 10, 15, 512, 30, Integer.MAX_VALUE);

  /** Purchases in the batch. */
  @Param({"1", "64"})
  public int batch;

  private final Deque<Message> underWay = new ArrayDeque<>();
  private List<ReplicaCore> replicas;
  private List<PurchaseRequest> purchases;
  private long committed;

  /** New replicas for each iteration, because their logs only grow. */
  @Setup(Level.Iteration)
  public void appointLeader() {
    DurableState empty = new DurableState(List.of(), Effects.Promise.NONE, 0, 0, false);
    replicas = new ArrayList<>();
    for (int id : MEMBERS) {
      replicas.add(new PrimaryBackupCore(id, MEMBERS, empty, OlderEntries.NONE, ALL_IN_MEMORY));
    }
    purchases = IntStream.range(0, batch)
        .mapToObj(i -> new PurchaseRequest("key-" + i, "Tux", 1))
        .toList();
    for (int id : MEMBERS) {
      step(id, new Input.Appoint(Epochs.of(1, 1), LEADER));
    }
    deliver();
    if (!replica(LEADER).status().established()) {
      throw new IllegalStateException("no leader: " + replica(LEADER).status());
    }
    committed = replica(LEADER).status().committed();
  }

  /** Until the leader knows the whole batch committed. */
  @Benchmark
  public long proposeAppendCommit() {
    step(LEADER, new Input.Propose(purchases));
    deliver();
    long now = replica(LEADER).status().committed();
    if (now != committed + batch) {
      throw new IllegalStateException("committed " + now + " after " + committed);
    }
    committed = now;
    return now;
  }

  private void deliver() {
    for (Message message = underWay.poll(); message != null; message = underWay.poll()) {
      step(message.to(), new Input.Received(message));
    }
  }

  private void step(int id, Input input) {
    Effects effects = replica(id).step(input);
    underWay.addAll(effects.toSend());
    effects.toPersist().ifPresent(write -> step(id, new Input.Persisted(write.id())));
    underWay.addAll(effects.toSendOnceDurable());
  }

  private ReplicaCore replica(int id) {
    return replicas.get(id - 1);
  }
}
