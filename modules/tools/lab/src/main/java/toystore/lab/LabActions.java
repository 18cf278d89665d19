package toystore.lab;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import toystore.operations.LabPlan;
import toystore.operations.LocalStore;
import toystore.operations.OperationFailed;
import toystore.operations.ServiceStatus.ServiceState;

/**
 * Breaks services and mends them: one thing at a time for each service, whoever asks, so that a
 * button pressed twice does not do it twice. Owned by one event loop.
 */
final class LabActions {
  private final Vertx vertx;
  private final LocalStore store;
  private final LabPlan plan;
  private final LabCuts cuts;
  private final Map<String, LabAction> underWay = new HashMap<>();

  LabActions(Vertx vertx, LocalStore store, LabPlan plan, LabCuts cuts) {
    this.vertx = vertx;
    this.store = store;
    this.plan = plan;
    this.cuts = cuts;
  }

  /**
   * How a service is.
   *
   * @param state live, paused or down
   * @param busy what is being done to it; empty for nothing
   */
  record ServiceCondition(String service, String state, boolean cut, String busy) {}

  /** How all are, by name. */
  Future<Map<String, ServiceCondition>> conditions() {
    return vertx.executeBlocking(store.lab()::services, false).map(states -> {
      Map<String, ServiceCondition> all = new LinkedHashMap<>();
      states.forEach((name, state) -> all.put(
          name,
          new ServiceCondition(
              name,
              state.toString(),
              cuts.isCut(name),
              underWay.containsKey(name) ? underWay.get(name).word() : "")));
      return all;
    });
  }

  /**
   * Does it.
   *
   * @return what was done, in one sentence; fails with a {@link LabRefusal} that says why not
   */
  Future<String> act(String service, LabAction action) {
    LabAction first = underWay.get(service);
    // Whoever loses patience with a start may end it.
    if (first != null && !(first == LabAction.START && action == LabAction.KILL)) {
      return Future.failedFuture(new LabRefusal(
          LabRefusal.CONFLICT,
          service + ": " + first.word() + " is still under way; try again in a moment"));
    }
    underWay.put(service, action);
    return vertx
        .executeBlocking(store.lab()::services, false)
        .map(states -> require(service, action, states.get(service)))
        .compose(allowed -> carryOut(service, action))
        .recover(LabActions::inWords)
        .map(done -> action.outcome(service))
        .eventually(() -> {
          underWay.remove(service, action);
          return Future.succeededFuture();
        });
  }

  private LabAction require(String service, LabAction action, ServiceState state) {
    if (state == null) {
      throw new LabRefusal(LabRefusal.NOT_FOUND, "no service is called " + service);
    }
    String reason =
        switch (action) {
          case KILL -> state == ServiceState.DOWN ? "is down already" : "";
          case PAUSE -> state == ServiceState.LIVE ? "" : "is " + state;
          case RESUME -> state == ServiceState.PAUSED ? "" : "is not paused";
          case START -> state == ServiceState.DOWN ? "" : "is not down";
          case CUT -> cuts.isCut(service) ? "is cut off already" : "";
          case HEAL -> cuts.isCut(service) ? "" : "is not cut off";
        };
    if (!reason.isEmpty()) {
      throw new LabRefusal(LabRefusal.CONFLICT, service + " " + reason);
    }
    return action;
  }

  private Future<Void> carryOut(String service, LabAction action) {
    switch (action) {
      case KILL:
        return blocking(() -> store.kill(service));
      case PAUSE:
        return blocking(() -> store.pause(service));
      case RESUME:
        return blocking(() -> store.resume(service));
      case START:
        return blocking(() -> store.start(service));
      case CUT:
        cuts.cut(service, plan);
        return Future.succeededFuture();
      case HEAL:
        cuts.heal(service, plan);
        return Future.succeededFuture();
      default:
        throw new AssertionError(action);
    }
  }

  private Future<Void> blocking(Runnable work) {
    return vertx.executeBlocking(
        () -> {
          work.run();
          return null;
        },
        false);
  }

  private static Future<Void> inWords(Throwable failure) {
    return Future.failedFuture(
        failure instanceof OperationFailed known
            ? new LabRefusal(LabRefusal.CONFLICT, known.getMessage())
            : failure);
  }
}
