package toystore.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import toystore.api.Answer;
import toystore.api.Outcome;
import toystore.model.Order;

/**
 * Looks up the orders of one event loop's clients, each client one after the other. Owned by that
 * loop.
 */
final class OrderLookUps {
  private final List<SimulatedClient> sessions;
  private final Verifier verifier;
  private final LoadPhase stretch;
  private final Runnable onOrder;
  private final Promise<Void> ended = Promise.promise();
  private final List<BadOrder> findings = new ArrayList<>();
  private long lookedUp;
  private int active;

  /**
   * @param onOrder called after each order
   */
  OrderLookUps(
      List<SimulatedClient> sessions, Verifier verifier, LoadPhase stretch, Runnable onOrder) {
    this.sessions = sessions;
    this.verifier = verifier;
    this.stretch = stretch;
    this.onOrder = onOrder;
  }

  /**
   * The future completes when each order is looked up, or its client has given up: at the first
   * order on which the store stays silent or unavailable, for the next would fare no better. An
   * order of which it says anything else (500, say) may be the only one, so the others are asked
   * for, but each once: waiting was tried.
   */
  Future<Void> run() {
    active = sessions.size();
    if (sessions.isEmpty()) {
      ended.tryComplete();
    }
    sessions.forEach(session -> lookUp(session, 0, true));
    return ended.future();
  }

  long lookedUp() {
    return lookedUp;
  }

  List<BadOrder> findings() {
    return List.copyOf(findings);
  }

  private void lookUp(SimulatedClient session, int index, boolean again) {
    if (index == session.orders().size()) {
      leave();
      return;
    }
    session
        .lookUp(index, again, stretch)
        .onSuccess(answer -> judge(session, index, again, answer))
        .onFailure(ended::tryFail);
  }

  private void judge(SimulatedClient session, int index, boolean again, Answer<Order> answer) {
    Outcome outcome = answer.outcome();
    boolean settled = Verifier.settles(outcome);
    boolean absent = outcome.isSilence() || outcome == Outcome.UNAVAILABLE;
    if (absent || !settled && stretch.isStopped()) {
      leave();
      return;
    }
    if (settled) {
      lookedUp++;
      verifier.judge(verifier.expected(session.orders(), index), answer).ifPresent(findings::add);
    }
    onOrder.run();
    lookUp(session, index + 1, again && settled);
  }

  private void leave() {
    active--;
    if (active == 0) {
      ended.tryComplete();
    }
  }
}
