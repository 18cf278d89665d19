package toystore.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import toystore.model.PurchaseRequest;
import toystore.model.Role;
import toystore.primarybackup.PrimaryBackupMessage.AppendReply;
import toystore.primarybackup.PrimaryBackupMessage.AppendRequest;
import toystore.primarybackup.PrimaryBackupMessage.PromiseReply;
import toystore.primarybackup.PrimaryBackupOptions;
import toystore.replication.DurableState;
import toystore.replication.Effects.Promise;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.replication.Message;
import toystore.replication.ReplicaCore;
import toystore.simulation.Mutants.Omission;

/** What replicas leave to their disks and messages, left out. */
final class ShellMutants {
  private ShellMutants() {}

  static List<Omission> all() {
    return List.of(
        new Omission("DURABLE_BEFORE_ACKNOWLEDGED", Engine.PRIMARY_BACKUP, EagerReplica::new),
        new Omission("RAFT_SHELL_WAITS_FOR_THE_DISK", Engine.RAFT, EagerReplica::new),
        new Omission("STOP_AFTER_A_FAILED_WRITE", Engine.PRIMARY_BACKUP, StubbornReplica::new),
        new Omission("RAFT_STOP_AFTER_A_FAILED_WRITE", Engine.RAFT, StubbornReplica::new),
        new Omission("RAFT_SAVED_AS_APPLIED", Engine.RAFT, () -> new Wiring() {
          @Override
          public Entry saved(Entry entry) {
            return oneMore(entry);
          }
        }),
        new Omission("RAFT_COPIED_AS_APPLIED", Engine.RAFT, () -> new Wiring() {
          @Override
          public Entry copied(Entry entry) {
            return oneMore(entry);
          }
        }),
        new Omission("DURABLE_PROMISE", Engine.PRIMARY_BACKUP, ForgottenPromise::new),
        new Omission("PROMISE_COUNTED_ONCE", Engine.PRIMARY_BACKUP, PromiseCountedTwice::new),
        new Omission(
            "PROMISE_COUNTED_ONCE_A_REPLICA", Engine.PRIMARY_BACKUP, RepeatedPromiseCounted::new),
        new Omission("EPOCHS_AT_FOLLOWERS", Engine.PRIMARY_BACKUP, OlderEpochsHeeded::new),
        new Omission("REBUILD_BEFORE_TAKING_PART", Engine.PRIMARY_BACKUP, LostFileUnnoticed::new));
  }

  private static Entry oneMore(Entry entry) {
    PurchaseRequest was = entry.purchase();
    return was == null
        ? entry
        : Entry.of(
            entry.index(),
            entry.epoch(),
            new PurchaseRequest(was.key(), was.name(), was.quantity() + 1));
  }

  private static final class EagerReplica extends Wiring {
    @Override
    public boolean waitsForTheDisk() {
      return false;
    }
  }

  private static final class StubbornReplica extends Wiring {
    @Override
    public boolean stopsAfterAFailedWrite() {
      return false;
    }
  }

  private static final class ForgottenPromise extends Wiring {
    @Override
    public Write written(Write write, Promise before) {
      return new Write(
          write.id(),
          write.truncateFrom(),
          write.append(),
          before,
          write.committed(),
          write.rebuilding());
    }
  }

  /** Half of all promises seem to come from another replica. */
  private static final class PromiseCountedTwice extends Wiring {
    private final Chance chance = new Chance(1);

    @Override
    public Message delivered(Message message, ReplicaCore.Status receiver) {
      int other = 1 + chance.below(3);
      return message instanceof PromiseReply reply && other != reply.to()
          ? new PromiseReply(
              other,
              reply.to(),
              reply.epoch(),
              reply.granted(),
              reply.promise(),
              reply.rebuilding(),
              reply.last())
          : message;
    }
  }

  /**
   * A promise that comes again counts again: it seems to come from the next replica. Of three, one
   * promise and the candidate's own are a majority anyway, so there are five; and it happens only
   * where something can get lost.
   */
  private static final class RepeatedPromiseCounted extends Wiring {
    private static final int REPLICAS = 5;

    private record Promised(int from, int to, long epoch) {}

    private final Set<Promised> counted = new HashSet<>();

    @Override
    public int replicas(int usual) {
      return REPLICAS;
    }

    @Override
    public Message delivered(Message message, ReplicaCore.Status receiver) {
      if (!(message instanceof PromiseReply reply)
          || !reply.granted()
          || receiver.role() != Role.CANDIDATE
          || receiver.committed() == 0
          || counted.add(new Promised(reply.from(), reply.to(), reply.epoch()))) {
        return message;
      }
      int next = 1 + reply.from() % REPLICAS;
      return new PromiseReply(
          next == reply.to() ? 1 + next % REPLICAS : next,
          reply.to(),
          reply.epoch(),
          true,
          reply.promise(),
          reply.rebuilding(),
          reply.last());
    }
  }

  private static final class LostFileUnnoticed extends Wiring {
    @Override
    public ReplicaCore primaryBackup(
        int id, List<Integer> members, DurableState state, PrimaryBackupOptions options) {
      DurableState intact = new DurableState(
          state.entries(), state.promise(), state.committed(), state.applied(), false);
      return super.primaryBackup(id, members, intact, options);
    }
  }

  /** Lets requests of deposed leaders pass for those of the epoch that the receiver promised. */
  private static final class OlderEpochsHeeded extends Wiring {
    private record Request(int from, int to, long epoch, long round) {}

    private final Map<Request, Long> realEpoch = new HashMap<>();

    @Override
    public Message delivered(Message message, ReplicaCore.Status receiver) {
      if (message instanceof AppendRequest request
          && request.epoch() < receiver.promised()
          && receiver.role() == Role.FOLLOWER) {
        return disguised(request, receiver.promised());
      }
      return message instanceof AppendReply reply ? undisguised(reply) : message;
    }

    private AppendRequest disguised(AppendRequest request, long promised) {
      realEpoch.put(
          new Request(request.from(), request.to(), promised, request.round()), request.epoch());
      return new AppendRequest(
          request.from(),
          request.to(),
          promised,
          request.previous(),
          request.entries(),
          request.committed(),
          request.round());
    }

    private AppendReply undisguised(AppendReply reply) {
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
  }
}
