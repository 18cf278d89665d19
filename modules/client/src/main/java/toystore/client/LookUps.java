package toystore.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import toystore.model.Order;

/**
 * Looks up the orders of one event loop's clients, each client one after the other. Owned by that
 * loop.
 */
final class LookUps {
  private final List<Session> sessions;
  private final Verifier verifier;
  private final Stretch stretch;
  private final Runnable onOrder;
  private final Promise<Void> ended = Promise.promise();
  private final List<Finding> findings = new ArrayList<>();
  private long lookedUp;
  private int active;

  /**
   * @param onOrder called after each order
   */
  LookUps(List<Session> sessions, Verifier verifier, Stretch stretch, Runnable onOrder) {
    this.sessions = sessions;
    this.verifier = verifier;
    this.stretch = stretch;
    this.onOrder = onOrder;
  }

  /** The future completes when each order is looked up, or its client has given up. */
  Future<Void> run() {
    active = sessions.size();
    if (sessions.isEmpty()) {
      ended.tryComplete();
    }
    sessions.forEach(session -> lookUp(session, 0));
    return ended.future();
  }

  long lookedUp() {
    return lookedUp;
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  private void lookUp(Session session, int index) {
    if (index == session.orders().size()) {
      leave();
      return;
    }
    session
        .lookUp(index, stretch)
        .onSuccess(answer -> judge(session, index, answer))
        .onFailure(ended::tryFail);
  }

  private void judge(Session session, int index, Answer<Order> answer) {
    if (!Verifier.settles(answer)) {
      // It was repeated for long enough; the next order would fare no better.
      leave();
      return;
    }
    lookedUp++;
    onOrder.run();
    verifier.judge(verifier.expected(session.orders(), index), answer).ifPresent(findings::add);
    lookUp(session, index + 1);
  }

  private void leave() {
    active--;
    if (active == 0) {
      ended.tryComplete();
    }
  }
}
