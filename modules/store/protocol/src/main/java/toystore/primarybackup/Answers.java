package toystore.primarybackup;

import java.util.List;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.primarybackup.PrimaryBackupMessage.AppendReply;
import toystore.primarybackup.PrimaryBackupMessage.AppendRequest;
import toystore.primarybackup.PrimaryBackupMessage.FetchReply;
import toystore.primarybackup.PrimaryBackupMessage.FetchRequest;
import toystore.primarybackup.PrimaryBackupMessage.PromiseReply;
import toystore.primarybackup.PrimaryBackupMessage.PromiseRequest;
import toystore.replication.ContradictionException;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.OrderLog;

/**
 * How a replica answers the requests of others, the same in every role. All replies leave once
 * durable: none tells what a crash could undo.
 */
final class Answers {
  private final ReplicaState state;

  Answers(ReplicaState state) {
    this.state = state;
  }

  void answer(PromiseRequest request) {
    boolean granted =
        !state.rebuilding() && Rules.mayPromise(request.epoch(), request.from(), state.promise());
    if (granted) {
      state.promise(new Promise(request.epoch(), request.from()));
    }
    state.sendOnceDurable(new PromiseReply(
        state.id(),
        request.from(),
        request.epoch(),
        granted,
        state.promise(),
        state.rebuilding(),
        state.log().last()));
  }

  void answer(FetchRequest request) {
    OrderLog log = state.log();
    // A candidate must get the log of one that still keeps its promise, not of a later epoch.
    boolean allowed = request.epoch() == Epochs.NONE
        || state.promisedTo(request.epoch(), request.from()) && !state.rebuilding();
    boolean matched = allowed && log.has(request.after());
    int limit = Math.min(request.limit(), state.options().maxEntries());
    List<Entry> entries = matched ? log.slice(request.after().index() + 1, limit) : List.of();
    state.sendOnceDurable(new FetchReply(
        state.id(),
        request.from(),
        request.epoch(),
        request.after(),
        request.limit(),
        matched,
        entries,
        log.last(),
        log.committed(),
        state.promise(),
        state.rebuilding()));
  }

  void answer(AppendRequest request) {
    if (state.rebuilding() || !Rules.admits(request.epoch(), request.from(), state.promise())) {
      noteIfOfAnotherLeader(request);
      reply(request, false, 0);
      return;
    }
    state.heardCommitted(request.committed());
    // Whoever appends in an epoch had a majority's promises: nobody else leads it.
    state.promise(new Promise(request.epoch(), request.from()));
    LogPosition previous = request.previous();
    if (!state.log().has(previous)) {
      if (previous.index() <= state.log().committed()) {
        throw ContradictionException.at(previous.index(), state.log().committed());
      }
      reply(request, false, state.log().retryBefore(previous));
      return;
    }
    state.adopt(request.entries());
    if (!request.entries().isEmpty()) {
      state.appended();
    }

    long match = previous.index() + request.entries().size();
    state.commitTo(Rules.provenCommit(request.committed(), match, state.log().lastIndex()));
    reply(request, true, match);
  }

  private void noteIfOfAnotherLeader(AppendRequest request) {
    Promise promise = state.promise();
    if (request.epoch() == promise.epoch() && request.from() != promise.leader()) {
      state.note("refused_append_of=" + request.from() + " epoch=" + Epochs.text(promise.epoch())
          + " leader=" + promise.leader());
    }
  }

  private void reply(AppendRequest request, boolean accepted, long match) {
    state.sendOnceDurable(new AppendReply(
        state.id(),
        request.from(),
        request.epoch(),
        request.round(),
        accepted,
        match,
        state.promise(),
        state.rebuilding()));
  }
}
