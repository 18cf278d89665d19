package toystore.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import toystore.disk.Patience;
import toystore.edge.Loop;
import toystore.model.Epochs;
import toystore.model.Fenced;
import toystore.model.LogPosition;
import toystore.model.Mark;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.Role;
import toystore.purchase.LedgerComparison;
import toystore.purchase.LogOrders;
import toystore.purchase.PurchaseSettings;
import toystore.purchase.Purchases;
import toystore.replication.Effects;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.ReplicaCore;

/** What of the purchases' side ends a replica. */
class PurchaseShellTest {
  private static final Effects.Fact ELECTED =
      new Effects.Fact.Elected(Epochs.of(1, 0), LogPosition.START);
  private static final CatalogPort NO_CATALOG = null; // Whoever calls it fails.

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final IllegalStateException rule = new IllegalStateException("two orders for a key");
  private final BlockingQueue<Throwable> broken = new LinkedBlockingQueue<>();
  private final List<Input> steps = new ArrayList<>();
  private ReplicaShell replica;

  @AfterEach
  void close() {
    TestStore.await(vertx.close());
  }

  private <T> T onLoop(Supplier<T> act) {
    return CompletableFuture.supplyAsync(act, run -> loop.runOnContext(none -> run.run()))
        .orTimeout(Patience.SECONDS, TimeUnit.SECONDS)
        .join();
  }

  private Throwable ended() throws InterruptedException {
    return broken.poll(Patience.SECONDS, TimeUnit.SECONDS);
  }

  /** Over purchases that fail as soon as they look for an order. */
  private PurchaseShell shell(CatalogPort catalog) {
    Loop on = Loop.current(vertx);
    replica = ReplicaShellTest.shell(on, core(), log(), broken::add);
    Purchases purchases = new Purchases(PurchaseSettings.DEFAULT, 1, new LogOrders() {
      @Override
      public Optional<Order> byKey(String key) {
        throw rule;
      }

      @Override
      public Mark mark() {
        return Mark.NONE;
      }

      @Override
      public LedgerComparison comparedWith(Mark catalogs, List<PurchaseRequest> proposed) {
        throw rule;
      }
    });
    return new PurchaseShell(on, 1, replica, purchases, catalog, new ReplicaObserver() {});
  }

  private ReplicaCore core() {
    return new ReplicaCore() {
      @Override
      public Effects step(Input input) {
        steps.add(input);
        return Effects.NONE;
      }

      @Override
      public List<Entry> unapplied() {
        return List.of();
      }

      @Override
      public LogEnd tail(int most) {
        return new LogEnd(0, List.of());
      }

      @Override
      public ReplicaStatus status() {
        return new ReplicaStatus(1, Role.LEADER, 0, 0, LogPosition.START, 0, 0, false, true, false);
      }
    };
  }

  private static DurableLog log() {
    return new DurableLog() {
      @Override
      public void persist(Effects.Write write, Runnable onDurable) {
        onDurable.run();
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void anAnswerOfTheCatalogThatBreaksARuleEndsTheReplica() throws InterruptedException {
    Fenced agrees = new Fenced(true, Epochs.of(1, 0), 1, Mark.NONE, List.of());

    onLoop(() -> {
      shell(call -> Future.succeededFuture(agrees)).happened(ELECTED);
      return null;
    });

    assertSame(rule, ended());
    assertNoStepIsTaken();
  }

  @Test
  void soDoesATurnThatFails() throws InterruptedException {
    onLoop(() -> {
      shell(NO_CATALOG).happened(ELECTED);
      return null;
    });

    assertInstanceOf(NullPointerException.class, ended());
    assertNoStepIsTaken();
  }

  @Test
  void soDoesATickThatFails() throws InterruptedException {
    onLoop(() -> {
      PurchaseShell shell = shell(NO_CATALOG);
      shell.happened(ELECTED);
      shell.tick(); // Before the turn that is due.
      return null;
    });

    assertInstanceOf(NullPointerException.class, ended());
    assertNoStepIsTaken();
  }

  private void assertNoStepIsTaken() {
    onLoop(() -> {
      replica.step(new Input.Tick());
      return null;
    });

    assertEquals(List.of(), steps);
    assertNull(broken.poll());
  }
}
