package toystore.primarybackup;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import toystore.model.LogPosition;
import toystore.model.Role;
import toystore.primarybackup.PrimaryBackupMessage.AppendReply;
import toystore.primarybackup.PrimaryBackupMessage.AppendRequest;
import toystore.primarybackup.PrimaryBackupMessage.PromiseReply;
import toystore.replication.DurableState;
import toystore.replication.Effects.Promise;
import toystore.replication.Effects.Write;
import toystore.replication.Message;
import toystore.replication.OrderLog;
import toystore.replication.Quorum;
import toystore.replication.ReplicaCore;
import toystore.replication.SimulatedEngine;
import toystore.replication.Simulation;
import toystore.replication.SimulationPlan;

/** Each rule of the protocol, left out, breaks a promise, and the simulation sees it. */
class BrokenRulesTest {
  private static final PrimaryBackupOptions OPTIONS = new PrimaryBackupOptions(3, 6, 15, 3, 60);
  private static final SimulationPlan THREE = SimulationPlan.rough(3);
  private static final int SEEDS = Integer.getInteger("toystore.mutantSeeds", 3000);

  private static class Broken implements SimulatedEngine {
    private final Rules rules;

    Broken(Rules rules) {
      this.rules = rules;
    }

    @Override
    public ReplicaCore start(int id, List<Integer> members, DurableState durable, long seed) {
      return new PrimaryBackupCore(id, members, durable, OPTIONS, rules);
    }
  }

  private static void isSeen(SimulatedEngine engine, SimulationPlan plan) {
    isSeen(engine, plan, 0);
  }

  /** @param firstSeed shortly before one that is known to show it, to save time */
  private static void isSeen(SimulatedEngine engine, SimulationPlan plan, int firstSeed) {
    Optional<String> seen = Optional.empty();
    int seed = firstSeed;
    while (seen.isEmpty() && seed < firstSeed + SEEDS) {
      seen = failure(engine, plan, seed++);
    }
    assertTrue(seen.isPresent(), "nothing broke in " + SEEDS + " seeds");
    if (Boolean.getBoolean("toystore.verbose")) {
      throw new AssertionError("seed " + seed + " " + seen.get());
    }
  }

  private static Optional<String> failure(SimulatedEngine engine, SimulationPlan plan, long seed) {
    try {
      new Simulation(engine, plan, seed).run();
      return Optional.empty();
    } catch (AssertionError | IllegalStateException | IllegalArgumentException broken) {
      return Optional.of(broken.toString());
    }
  }

  @Test
  void withoutPromiseRound() {
    isSeen(
        new Broken(new Rules() {
          @Override
          boolean enoughPromises(int distinctReplicas, Quorum quorum) {
            return true;
          }
        }),
        THREE);
  }

  @Test
  void withoutLogAdoption() {
    isSeen(
        new Broken(new Rules() {
          @Override
          boolean mustAdopt(LogPosition own, LogPosition best) {
            return false;
          }
        }),
        THREE);
  }

  @Test
  void answerBeforeAMajority() {
    isSeen(
        new Broken(new Rules() {
          @Override
          long committable(long ownDurable, long[] allDurable, Quorum quorum) {
            return ownDurable;
          }
        }),
        THREE);
  }

  @Test
  void onePromisePerEpochToAnyLeader() {
    isSeen(
        new Broken(new Rules() {
          @Override
          boolean mayPromise(long epoch, int leader, Promise promise) {
            return epoch >= promise.epoch();
          }
        }),
        THREE,
        240);
  }

  @Test
  void commitByCountingEntriesOfOldEpochs() {
    isSeen(
        new Broken(new Rules() {
          @Override
          boolean commitsByCounting(long entryEpoch, long leaderEpoch) {
            return true;
          }
        }),
        THREE,
        1000);
  }

  @Test
  void followerCommitsWhatWasNotProved() {
    isSeen(
        new Broken(new Rules() {
          @Override
          long provenCommit(long leaderCommitted, long match, long lastIndex) {
            return Math.min(leaderCommitted, lastIndex);
          }
        }),
        THREE);
  }

  @Test
  void truncationOnAStaleAppend() {
    isSeen(
        new Broken(new Rules() {
          @Override
          boolean mustTruncate(OrderLog log, long keep, int newEntries) {
            return keep < log.lastIndex();
          }
        }),
        THREE);
  }

  @Test
  void proofWithoutAMajority() {
    isSeen(
        new Broken(new Rules() {
          @Override
          boolean enoughConfirmations(int distinctReplicas, Quorum quorum) {
            return true;
          }
        }),
        THREE,
        215);
  }

  @Test
  void proofByAnswersToEarlierRequests() {
    isSeen(
        new Broken(new Rules() {
          @Override
          boolean confirms(long answeredRound, long askedAfterRound) {
            return answeredRound > 0;
          }
        }),
        THREE,
        215);
  }

  @Test
  void promiseThatIsNotDurable() {
    isSeen(
        new Broken(new Rules()) {
          @Override
          public Write written(Write write, DurableState before) {
            return new Write(
                write.id(),
                write.truncateFrom(),
                write.append(),
                before.promise(),
                write.committed(),
                write.rebuilding());
          }
        },
        THREE);
  }

  @Test
  void promiseCountedTwice() {
    Random random = new Random(1);
    isSeen(
        new Broken(new Rules()) {
          @Override
          public Message delivered(Message message, ReplicaCore.Status receiver) {
            if (message instanceof PromiseReply reply && random.nextBoolean()) {
              int other = 1 + random.nextInt(5);
              return other == reply.to()
                  ? reply
                  : new PromiseReply(
                      other,
                      reply.to(),
                      reply.epoch(),
                      reply.granted(),
                      reply.promise(),
                      reply.rebuilding(),
                      reply.last());
            }
            return message;
          }
        },
        SimulationPlan.rough(5));
  }

  @Test
  void lostFileThatIsTakenForAnEmptyLog() {
    isSeen(
        new Broken(new Rules()) {
          @Override
          public ReplicaCore start(int id, List<Integer> members, DurableState durable, long seed) {
            DurableState intact = new DurableState(
                durable.entries(),
                durable.promise(),
                durable.committed(),
                durable.applied(),
                false);
            return super.start(id, members, intact, seed);
          }
        },
        THREE.withWipes());
  }

  @Test
  void followerThatHeedsOlderEpochs() {
    isSeen(new OlderEpochsHeeded(), THREE, 490);
  }

  /** Lets requests of deposed leaders pass for those of the epoch that the receiver promised. */
  private static final class OlderEpochsHeeded extends Broken {
    private record Request(int from, int to, long epoch, long round) {}

    private final Map<Request, Long> realEpoch = new HashMap<>();

    OlderEpochsHeeded() {
      super(new Rules());
    }

    @Override
    public Message delivered(Message message, ReplicaCore.Status receiver) {
      if (message instanceof AppendRequest request
          && request.epoch() < receiver.promised()
          && receiver.role() == Role.FOLLOWER) {
        realEpoch.put(
            new Request(request.from(), request.to(), receiver.promised(), request.round()),
            request.epoch());
        return new AppendRequest(
            request.from(),
            request.to(),
            receiver.promised(),
            request.previous(),
            request.entries(),
            request.committed(),
            request.round());
      }
      if (message instanceof AppendReply reply) {
        Long epoch =
            realEpoch.get(new Request(reply.to(), reply.from(), reply.epoch(), reply.round()));
        return epoch == null || epoch >= reply.epoch()
            ? reply
            : new AppendReply(
                reply.from(),
                reply.to(),
                epoch,
                reply.round(),
                reply.accepted(),
                reply.match(),
                new Promise(epoch, reply.to()),
                reply.rebuilding());
      }
      return message;
    }
  }
}
