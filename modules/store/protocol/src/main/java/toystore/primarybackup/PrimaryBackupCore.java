package toystore.primarybackup;

import java.util.List;
import toystore.model.Epochs;
import toystore.primarybackup.PrimaryBackupMessage.AppendRequest;
import toystore.primarybackup.PrimaryBackupMessage.FetchRequest;
import toystore.primarybackup.PrimaryBackupMessage.PromiseRequest;
import toystore.replication.DurableState;
import toystore.replication.Effects;
import toystore.replication.Effects.Fact;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.Message;
import toystore.replication.OlderEntries;
import toystore.replication.ReplicaCore;

/**
 * The primary-backup engine: front-ends appoint leaders, in epochs that grow; the appointed one
 * gathers promises and the newest log, and only then leads. It decides which phase the replica is
 * in; the phases decide the rest.
 *
 * <p>A request is answered alike in every phase ({@link Answers}). Whatever raises the promise ends
 * an older candidacy or leadership in the same step.
 */
public final class PrimaryBackupCore implements ReplicaCore {
  private final ReplicaState state;
  private final Answers answers;
  private Phase phase;
  private boolean started;

  /**
   * @param id this replica, one of the members
   * @param members ids of all replicas, the same everywhere
   * @param older reads the entries of the log that are not in memory
   */
  public PrimaryBackupCore(
      int id,
      List<Integer> members,
      DurableState durable,
      OlderEntries older,
      PrimaryBackupOptions options) {
    this.state = new ReplicaState(id, members, durable, older, options);
    this.answers = new Answers(state);
    this.phase = state.rebuilding() ? new RebuildPhase(state) : new CatchUpPhase(state);
  }

  @Override
  public Effects step(Input input) {
    if (!started) {
      started = true;
      enter();
    }
    take(input);
    settle();
    return state.takeEffects();
  }

  private void take(Input input) {
    if (input instanceof Input.Received received) {
      received(received.message());
    } else if (input instanceof Input.Persisted persisted) {
      state.persisted(persisted.writeId());
      phase.persisted();
    } else if (input instanceof Input.Propose propose) {
      propose(propose);
    } else if (input instanceof Input.Prove prove) {
      prove(prove);
    } else if (input instanceof Input.Tick) {
      state.tick();
      phase.tick();
    } else if (input instanceof Input.Unreachable unreachable) {
      if (state.peers().contains(unreachable.peer())) {
        phase.unreachable(unreachable.peer());
      }
    } else if (input instanceof Input.Appoint appoint) {
      appoint(appoint.epoch(), appoint.leader());
    } else if (input instanceof Input.Resign) {
      resign();
    } else if (input instanceof Input.LogVerified verified) {
      if (phase instanceof CandidatePhase candidacy) {
        candidacy.verified(verified);
      }
    } else if (input instanceof Input.Outdated outdated) {
      outdated(outdated.epoch());
    } else if (input instanceof Input.FenceKnown fence) {
      fenceKnown(fence.epoch());
    } else if (!(input instanceof Input.Doubted || input instanceof Input.OfEngine)) {
      // A candidate that is doubted goes on asking: one that was away may have what is missing.
      throw new AssertionError(input);
    }
  }

  private void received(Message message) {
    if (message.to() != state.id()
        || !state.peers().contains(message.from())
        || !(message instanceof PrimaryBackupMessage known)
        || !Epochs.plausible(known.newestEpoch(), state.promise().epoch())) {
      state.note("dropped=" + message.getClass().getSimpleName() + " from=" + message.from()
          + " to=" + message.to());
      return;
    }
    if (known instanceof AppendRequest request) {
      answers.answer(request);
    } else if (known instanceof PromiseRequest request) {
      answers.answer(request);
    } else if (known instanceof FetchRequest request) {
      answers.answer(request);
    } else {
      phase.reply(known);
    }
  }

  private void propose(Input.Propose propose) {
    if (phase instanceof LeaderPhase leadership) {
      leadership.propose(propose.purchases());
    } else {
      state.note("dropped_proposals=" + propose.purchases().size() + " role=" + phase.role());
    }
  }

  private void prove(Input.Prove prove) {
    if (phase instanceof LeaderPhase leadership) {
      leadership.prove(prove.readId());
    } else {
      state.unproven(prove.readId());
    }
  }

  private void appoint(long epoch, int leader) {
    boolean known = leader == state.id() || state.peers().contains(leader);
    // The same appointment again changes nothing: a replica stands once an epoch, because what it
    // appended in it before a crash may be on others' disks and not on its own.
    if (state.rebuilding() || !known || epoch <= state.promise().epoch()) {
      if (!state.promisedTo(epoch, leader)) {
        state.note("refused_epoch=" + Epochs.text(epoch) + " leader=" + leader + " promised="
            + Epochs.text(state.promise().epoch()));
      }
      return;
    }
    state.promise(new Promise(epoch, leader));
    settle();
    if (leader == state.id()) {
      become(new CandidatePhase(state));
    }
  }

  /** So that whoever appoints the next leader hears of an epoch that is beyond this one. */
  private void outdated(long epoch) {
    if (epoch > state.promise().epoch() && !state.rebuilding()) {
      state.promise(new Promise(epoch, 0));
    }
    resign();
  }

  /** Its own file may have forgotten that it promised this epoch, and to whom. */
  private void fenceKnown(long epoch) {
    if (phase instanceof RebuildPhase rebuilding) {
      rebuilding.fenceKnown(epoch);
    } else if (epoch > state.promise().epoch()) {
      state.note(
          "promised=" + Epochs.text(state.promise().epoch()) + " fence=" + Epochs.text(epoch));
      state.promise(new Promise(epoch, 0));
    }
  }

  private void resign() {
    if (phase instanceof LeaderPhase leadership) {
      leadership.resign();
    } else if (phase instanceof CandidatePhase) {
      become(new FollowerPhase());
    }
  }

  private void settle() {
    for (Phase next = phase.next(); next != phase; next = phase.next()) {
      become(next);
    }
  }

  private void become(Phase next) {
    phase.leave();
    phase = next;
    enter();
  }

  private void enter() {
    Promise promise = state.promise();
    state.fact(new Fact.RoleChanged(phase.role(), promise.epoch(), promise.leader()));
    phase.enter();
  }

  @Override
  public List<Entry> unapplied() {
    return state.unapplied();
  }

  @Override
  public LogEnd tail(int most) {
    return new LogEnd(state.durableIndex(), state.log().latest(most));
  }

  @Override
  public ReplicaStatus status() {
    boolean leads = phase instanceof LeaderPhase;
    return new ReplicaStatus(
        state.id(),
        phase.role(),
        state.promise().epoch(),
        state.promise().leader(),
        state.log().last(),
        state.log().committed(),
        state.known(),
        leads && ((LeaderPhase) phase).established(),
        leads && ((LeaderPhase) phase).quorate(),
        state.diskIsStuck());
  }
}
