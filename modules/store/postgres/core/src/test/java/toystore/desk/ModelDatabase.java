package toystore.desk;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import toystore.desk.ModelCluster.Connection;
import toystore.desk.ModelCluster.Node;
import toystore.virtualtime.Timeline;

/**
 * What a database does with the statements of a desk. A commit holds its locks while it waits for a
 * standby.
 */
final class ModelDatabase {
  static final long RESTOCK = 6;
  private static final long LOCK_MS = 1_800;
  private static final long CANCEL_MS = 1_000;

  /** What keeps the promises, beside the core. */
  enum Rule {
    EVERY_TURN_WRITES,
    EPOCHS_ARE_FENCED,
    LINES_ARE_FENCED,
    DURABILITY_IS_CHECKED,
    NOTHING_IS_CANCELLED
  }

  private final Timeline timeline;
  private final ModelCluster cluster;
  private final Set<Rule> rules;

  ModelDatabase(Timeline timeline, ModelCluster cluster, Set<Rule> without) {
    this.timeline = timeline;
    this.cluster = cluster;
    this.rules = EnumSet.allOf(Rule.class);
    rules.removeAll(without);
  }

  Connection connect(int address) {
    return cluster.connect(address);
  }

  void look(Connection to, Consumer<DatabaseTask.DeskRow> answer, Consumer<DatabaseFailure> fail) {
    if (isLive(to, fail)) {
      ModelBooks books = to.node.visible();
      boolean there = cluster.isThere(books.backend);
      answer.accept(new DatabaseTask.DeskRow(books.epoch, books.beat, books.orders.size(), there));
    }
  }

  void takeOffice(
      Connection to,
      DatabaseTask task,
      long sessionMs,
      Consumer<DatabaseTask.TakenOffice> answer,
      Consumer<DatabaseFailure> fail) {
    transact(to, fail, timeline.now() + LOCK_MS, answer, books -> {
      if (books.epoch != task.expected().epoch()
          || books.beat != task.expected().beat()) {
        return null;
      }
      long was = books.sessionMs;
      books.epoch++;
      books.beat++;
      books.line = 0;
      books.sessionMs = sessionMs;
      books.backend = to.id;
      return new DatabaseTask.TakenOffice(
          books.epoch, books.beat, books.orders.size(), books.clockMs, was, books.offered);
    });
  }

  void offer(
      Connection to, DeskTurn.Pass pass, Consumer<Object> answer, Consumer<DatabaseFailure> fail) {
    transact(to, fail, timeline.now() + LOCK_MS, answer, books -> {
      demandOffice(books, pass);
      books.beat++;
      books.offered = true;
      return books;
    });
  }

  void turn(
      Connection to,
      DeskTurn turn,
      Consumer<DeskTurn.Outcome> answer,
      Consumer<DatabaseFailure> fail) {
    Function<ModelBooks, DeskTurn.Outcome> act = books -> act(books, to, turn);
    if (!rules.contains(Rule.EVERY_TURN_WRITES)
        && isLive(to, fail)
        && to.node.visible().knowsAll(turn)) {
      selectOnly(to, answer, fail, act);
    } else {
      transact(to, fail, timeline.now() + LOCK_MS, answer, act);
    }
  }

  /** What must not be: an answer that no commit stands behind. */
  private static void selectOnly(
      Connection to,
      Consumer<DeskTurn.Outcome> answer,
      Consumer<DatabaseFailure> fail,
      Function<ModelBooks, DeskTurn.Outcome> act) {
    try {
      answer.accept(act.apply(to.node.visible().copy()));
    } catch (Refusal refusal) {
      fail.accept(refusal.failure);
    }
  }

  private DeskTurn.Outcome act(ModelBooks books, Connection to, DeskTurn turn) {
    demandOffice(books, turn.pass());
    books.beat++;
    books.clockMs = Math.max(books.clockMs, turn.clockMs());
    books.line = turn.pass().line();
    books.backend = to.id;
    turn.restock().forEach(name -> books.restock(name, RESTOCK));
    List<DeskTurn.Decided> decided = turn.purchases().stream().map(books::buy).toList();
    return new DeskTurn.Outcome(
        books.beat,
        books.orders.size(),
        decided,
        turn.numbers().stream()
            .map(
                number -> number < books.orders.size() ? books.orders.get(number.intValue()) : null)
            .toList(),
        turn.names().stream()
            .filter(books.toys::containsKey)
            .map(name -> new DeskTurn.ToyLine(name, 1, books.toys.get(name).stock()))
            .toList(),
        turn.wantsSoldOut()
            ? books.toys.keySet().stream()
                .filter(name -> books.toys.get(name).stock() == 0)
                .toList()
            : List.of());
  }

  private void demandOffice(ModelBooks books, DeskTurn.Pass pass) {
    if (rules.contains(Rule.EPOCHS_ARE_FENCED) && books.epoch != pass.epoch()
        || rules.contains(Rule.LINES_ARE_FENCED) && books.line > pass.line()) {
      throw new Refusal(DatabaseFailure.of(DatabaseFailure.FENCED_STATE, "another office"));
    }
    if (books.orders.size() < pass.orders()) {
      throw new Refusal(DatabaseFailure.of(DatabaseFailure.UNSAFE_STATE, "it went back"));
    }
  }

  private <T> void transact(
      Connection to,
      Consumer<DatabaseFailure> fail,
      long untilMs,
      Consumer<T> answer,
      Function<ModelBooks, T> act) {
    if (!isLive(to, fail)) {
      return;
    }
    Node node = to.node;
    if (node.waiting >= 0) {
      if (timeline.now() >= untilMs) {
        fail.accept(DatabaseFailure.of("55P03", "the row is locked"));
      } else {
        timeline.after(5, () -> transact(to, fail, untilMs, answer, act));
      }
      return;
    }
    if (rules.contains(Rule.DURABILITY_IS_CHECKED) && !node.synchronous) {
      fail.accept(DatabaseFailure.of(DatabaseFailure.UNSAFE_STATE, "no standby is named"));
      return;
    }
    ModelBooks books = node.last().copy();
    try {
      T result = act.apply(books);
      node.log.add(books);
      node.waiting = node.log.size() - 1;
      node.acknowledge = () -> answer.accept(result);
      if (!node.synchronous) {
        node.endWait();
      } else if (!rules.contains(Rule.NOTHING_IS_CANCELLED)) {
        cancelLater(node, node.waiting);
      }
    } catch (Refusal refusal) {
      fail.accept(refusal.failure);
    }
  }

  /** The wait ends with a warning only, and the commit succeeds. */
  private void cancelLater(Node node, int commit) {
    timeline.after(CANCEL_MS, () -> {
      if (node.waiting == commit) {
        node.endWait();
      }
    });
  }

  private static boolean isLive(Connection to, Consumer<DatabaseFailure> fail) {
    if (to.dead) {
      return false; // Whoever asked was told when it died.
    }
    to.onLoss = fail;
    return true;
  }

  /** The database says no. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient DatabaseFailure failure;

    private Refusal(DatabaseFailure failure) {
      super(failure.words());
      this.failure = failure;
    }
  }
}
