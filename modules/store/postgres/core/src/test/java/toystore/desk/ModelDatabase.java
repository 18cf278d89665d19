package toystore.desk;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import toystore.virtualtime.Chance;
import toystore.virtualtime.Timeline;

/**
 * Three nodes of a database with synchronous replication to any one standby, as PostgreSQL does it:
 * a commit is on the primary's disk first, holds its locks and is seen by nobody while it waits for
 * a standby, and is there after all when the wait is cut short or the primary starts again. What no
 * standby has is gone with the primary.
 */
final class ModelDatabase {
  static final int NODES = 3;
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

  /** One node: its log of states. */
  private static final class Node {
    private List<ModelBooks> log = new ArrayList<>();
    private boolean up = true;
    private boolean primary;
    private boolean cut;
    /** It was superseded, and nobody follows it. */
    private boolean isolated;

    private boolean synchronous = true;
    /** The commit that waits for a standby, by its place in the log; -1 for none. */
    private int waiting = -1;

    private Runnable acknowledge;

    private ModelBooks last() {
      return log.get(log.size() - 1);
    }

    /** What a plain select sees. */
    private ModelBooks visible() {
      return log.get(waiting >= 0 ? waiting - 1 : log.size() - 1);
    }

    private void endWait() {
      waiting = -1;
      Runnable done = acknowledge;
      acknowledge = null;
      done.run();
    }

    private void forgetWait() {
      waiting = -1;
      acknowledge = null;
    }
  }

  /** A client's connection, and the process at its other end. */
  final class Connection {
    private final Node node;
    private final int id = ++lastConnection;
    private boolean dead;
    private Consumer<DatabaseFailure> onLoss = lost -> {};

    private Connection(Node node) {
      this.node = node;
    }

    /** The client goes; what it has sent is carried out all the same. */
    void close() {
      onLoss = lost -> {};
    }

    private void die() {
      dead = true;
      onLoss.accept(DatabaseFailure.lost("the node is gone"));
    }
  }

  private final Timeline timeline;
  private final Chance chance;
  private final Set<Rule> rules;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Connection> connections = new ArrayList<>();
  private int lastConnection;

  ModelDatabase(Timeline timeline, Chance chance, Set<Rule> without, ModelBooks first) {
    this.timeline = timeline;
    this.chance = chance;
    this.rules = EnumSet.allOf(Rule.class);
    rules.removeAll(without);
    for (int i = 0; i < NODES; i++) {
      Node node = new Node();
      node.log.add(first);
      nodes.add(node);
    }
    nodes.get(0).primary = true;
    timeline.after(3, this::replicate);
  }

  /** A connection to a primary; null where there is none. */
  Connection connect(int address) {
    Node node = nodes.get(address);
    if (!node.up || !node.primary) {
      return null;
    }
    Connection connection = new Connection(node);
    connections.add(connection);
    return connection;
  }

  void look(Connection to, Consumer<DatabaseTask.DeskRow> answer, Consumer<DatabaseFailure> fail) {
    if (isLive(to, fail)) {
      ModelBooks books = to.node.visible();
      boolean there = connections.stream().anyMatch(c -> c.id == books.backend && !c.dead);
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

  /** The one that standbys follow. */
  private Node primary() {
    Node newest = null;
    for (Node node : nodes) {
      if (node.up && node.primary && !node.isolated) {
        newest = node;
      }
    }
    return newest;
  }

  private void replicate() {
    timeline.after(1 + chance.below(4), this::replicate);
    Node primary = primary();
    if (primary == null) {
      return;
    }
    for (Node node : nodes) {
      if (node != primary && node.up && !node.primary && !node.cut) {
        node.log = new ArrayList<>(primary.log);
        if (primary.waiting >= 0) {
          primary.endWait();
        }
      }
    }
  }

  /** No standby gets anything for a while. */
  void cutStandbys(long ms) {
    List<Node> standbys = nodes.stream().filter(node -> !node.primary).toList();
    standbys.forEach(node -> node.cut = true);
    timeline.after(ms, () -> standbys.forEach(node -> node.cut = false));
  }

  /** The primary is gone; whoever has most takes its place, perhaps without a standby's name. */
  void failOver(boolean oldStaysUp) {
    Node old = primary();
    if (old == null || nodes.stream().filter(node -> node.up && !node.primary).count() < 2) {
      return;
    }
    old.isolated = true;
    if (!oldStaysUp) {
      old.up = false;
      die(old);
      old.forgetWait();
    }
    timeline.after(300, () -> promote(old));
    timeline.after(2_500, () -> {
      // It comes back as a standby, without what nobody else has.
      die(old);
      old.forgetWait();
      old.up = true;
      old.primary = false;
      old.cut = false;
      old.isolated = false;
      old.synchronous = true;
    });
  }

  private void promote(Node old) {
    nodes.stream()
        .filter(node -> node != old && node.up && !node.primary)
        .max((a, b) -> Integer.compare(a.log.size(), b.log.size()))
        .ifPresent(node -> {
          node.primary = true;
          node.cut = false;
          if (chance.oneIn(3)) {
            withoutStandbys(node);
          }
        });
  }

  /** Nobody follows yet, and nobody has said that somebody must; perhaps it does not last. */
  private void withoutStandbys(Node node) {
    node.synchronous = false;
    cutStandbys(5_000);
    timeline.after(3_500, () -> {
      if (chance.oneIn(2)) {
        failOver(false);
      }
    });
    timeline.after(4_500, () -> node.synchronous = true);
  }

  /** The primary starts again: what was on its disk is there. */
  void restart() {
    Node primary = primary();
    if (primary != null) {
      die(primary);
      primary.forgetWait();
    }
  }

  private void die(Node node) {
    connections.stream()
        .filter(connection -> connection.node == node && !connection.dead)
        .toList()
        .forEach(Connection::die);
  }

  /** What the primary has at the end. */
  ModelBooks end() {
    return primary().last();
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
