package toystore.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import toystore.virtualtime.Chance;
import toystore.virtualtime.Timeline;

/**
 * Three nodes of a database with synchronous replication to any one standby, as PostgreSQL does it:
 * a commit is on the primary's disk first, is seen by nobody while it waits for a standby, and is
 * there after all when the wait is cut short or the primary starts again. What no standby has is
 * gone with the primary.
 */
final class ModelCluster {
  static final int NODES = 3;

  /** One node: its log of states. */
  static final class Node {
    List<ModelBooks> log = new ArrayList<>();
    boolean up = true;
    boolean primary;
    boolean cut;
    /** It was superseded, and nobody follows it. */
    boolean isolated;

    boolean synchronous = true;
    /** The commit that waits for a standby, by its place in the log; -1 for none. */
    int waiting = -1;

    Runnable acknowledge;

    ModelBooks last() {
      return log.get(log.size() - 1);
    }

    /** What a plain select sees. */
    ModelBooks visible() {
      return log.get(waiting >= 0 ? waiting - 1 : log.size() - 1);
    }

    void endWait() {
      waiting = -1;
      Runnable done = acknowledge;
      acknowledge = null;
      done.run();
    }

    void forgetWait() {
      waiting = -1;
      acknowledge = null;
    }
  }

  /** A client's connection, and the process at its other end. */
  final class Connection {
    final Node node;
    final int id = ++lastConnection;
    boolean dead;
    Consumer<DatabaseFailure> onLoss = lost -> {};
    private int onTheWay;
    private boolean closed;

    private Connection(Node node) {
      this.node = node;
    }

    /** The client sends a statement. */
    void sent() {
      onTheWay++;
    }

    void arrived() {
      onTheWay--;
    }

    /** The client goes; what it has sent is carried out all the same. */
    void close() {
      onLoss = lost -> {};
      closed = true;
    }

    /** Whoever asks whether the client is alive sees that it is not, once all it sent is there. */
    private boolean isThere() {
      return !dead && !(closed && onTheWay == 0);
    }

    void die() {
      dead = true;
      onLoss.accept(DatabaseFailure.lost("the node is gone"));
    }
  }

  private final Timeline timeline;
  private final Chance chance;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Connection> connections = new ArrayList<>();
  private int lastConnection;

  ModelCluster(Timeline timeline, Chance chance, ModelBooks first) {
    this.timeline = timeline;
    this.chance = chance;
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

  /** Whether the process at the other end of that connection is alive. */
  boolean isThere(int connection) {
    return connections.stream().anyMatch(each -> each.id == connection && each.isThere());
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
}
