package toystore.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import toystore.replication.DurableState;
import toystore.replication.Effects.Promise;
import toystore.replication.Effects.Write;
import toystore.replication.Message;
import toystore.replication.PrimaryBackupMessage.AppendReply;
import toystore.replication.PrimaryBackupMessage.AppendRequest;
import toystore.replication.PrimaryBackupMessage.PromiseReply;
import toystore.replication.PrimaryBackupOptions;
import toystore.replication.ReplicaCore;
import toystore.replication.Role;
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
        new Omission("DURABLE_PROMISE", Engine.PRIMARY_BACKUP, ForgottenPromise::new),
        new Omission("PROMISE_COUNTED_ONCE", Engine.PRIMARY_BACKUP, PromiseCountedTwice::new),
        new Omission("EPOCHS_AT_FOLLOWERS", Engine.PRIMARY_BACKUP, OlderEpochsHeeded::new),
        new Omission("REBUILD_BEFORE_TAKING_PART", Engine.PRIMARY_BACKUP, LostFileUnnoticed::new));
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
