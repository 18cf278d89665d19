package toystore.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import toystore.disk.Patience;
import toystore.edge.Loop;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.Role;
import toystore.replication.Effects;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.Message;
import toystore.replication.OrderBook;
import toystore.replication.ReplicaCore;

/** The shell around a core that does as a test says. */
class ReplicaShellTest {
  private static final Effects.Write WRITE =
      new Effects.Write(1, 0, List.of(), new Effects.Promise(Epochs.of(1, 0), 0), 0);

  private static final Message REQUEST = new Request(2, 1, false);
  private static final Message REPLY = new Request(1, 2, true);
  private static final Effects.Command COMMAND = new Effects.Command() {};

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final List<Throwable> broken = new ArrayList<>();
  private final List<Input> steps = new ArrayList<>();
  private final List<Runnable> unfinished = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private Role role = Role.LEADER;

  private record Request(int from, int to, boolean isReply) implements Message {}

  @AfterEach
  void close() {
    vertx.close();
  }

  private ReplicaShell shell(Function<Input, Effects> step) {
    return shell(step, (write, onDurable) -> onDurable.run());
  }

  private interface Persist {
    void write(Effects.Write write, Runnable onDurable);
  }

  private ReplicaShell shell(Function<Input, Effects> step, Persist persist) {
    ReplicaCore core = new ReplicaCore() {
      @Override
      public List<Entry> unapplied() {
        return List.of();
      }

      @Override
      public LogEnd tail(int most) {
        return new LogEnd(0, List.of());
      }

      @Override
      public Effects step(Input input) {
        steps.add(input);
        return step.apply(input);
      }

      @Override
      public ReplicaStatus status() {
        return new ReplicaStatus(1, role, 0, 0, LogPosition.START, 0, 0, false, false, false);
      }
    };
    DurableLog log = new DurableLog() {
      @Override
      public void persist(Effects.Write write, Runnable onDurable) {
        persist.write(write, onDurable);
      }

      @Override
      public void carryOut(Effects.Command command, Runnable onDurable) {
        unfinished.add(onDurable);
      }

      @Override
      public void close() {}
    };
    return onLoop(() -> shell(Loop.current(vertx), core, log, broken::add));
  }

  /** Whose peers do not answer. */
  static ReplicaShell shell(
      Loop loop, ReplicaCore core, DurableLog log, Consumer<Throwable> onBroken) {
    PeersPort peers = new PeersPort() {
      @Override
      public Set<Integer> ids() {
        return Set.of(2);
      }

      @Override
      public Future<Message> send(Message request) {
        return Future.failedFuture("no peer is there");
      }
    };
    return new ReplicaShell(
        loop,
        1,
        new ReplicaShell.Parts(core, log, null, new OrderBook(1)),
        peers,
        new Proofs(loop, Duration.ofSeconds(1)),
        new ReplicaObserver() {},
        onBroken);
  }

  /** Over a disk that finishes a write when it is told to. */
  private ReplicaShell slowShell(Function<Input, Effects> step) {
    return shell(step, (write, onDurable) -> unfinished.add(onDurable));
  }

  private <T> T onLoop(Supplier<T> act) {
    return CompletableFuture.supplyAsync(act, run -> loop.runOnContext(none -> run.run()))
        .orTimeout(Patience.SECONDS, TimeUnit.SECONDS)
        .join();
  }

  /** The earliest unfinished write becomes durable, and the shell has heard of it. */
  private void nextIsDurable() {
    unfinished.remove(0).run();
    onLoop(() -> null);
  }

  private void receive(ReplicaShell shell, String name) {
    onLoop(() -> shell.receive(REQUEST).onSuccess(reply -> done.add(name)));
  }

  private static Effects replyOnceDurable(Optional<Effects.Write> write, Effects.Command... first) {
    return new Effects(
        List.of(),
        write,
        List.of(REPLY),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(first));
  }

  @Test
  void aCoreThatBrokeARuleTakesNoStepAnyMore() {
    IllegalStateException rule = new IllegalStateException("two leaders");
    ReplicaShell shell = shell(input -> {
      throw rule;
    });

    shell.step(new Input.Tick());
    shell.step(new Input.Tick());

    assertEquals(List.of(rule), broken);
    assertEquals(1, steps.size());
  }

  @Test
  void soWithARuleThatAPeersRequestShowsBroken() {
    IllegalStateException rule = new IllegalStateException("commits beyond its log");
    ReplicaShell shell = shell(input -> {
      throw rule;
    });

    shell.receive(new Request(2, 1, false));

    assertSame(rule, broken.get(0));
    assertTrue(shell.receive(new Request(2, 1, false)).failed());
  }

  @Test
  void soWithAnError() {
    AssertionError error = new AssertionError("no such input");
    ReplicaShell shell = shell(input -> {
      throw error;
    });

    shell.receive(new Request(2, 1, false));

    assertSame(error, broken.get(0));
    assertTrue(shell.receive(new Request(2, 1, false)).failed());
  }

  @Test
  void soWithEffectsThatCannotBeCarriedOut() {
    IllegalStateException rule = new IllegalStateException("order 7 is another here");
    Effects write = new Effects(
        List.of(), Optional.of(WRITE), List.of(), List.of(), List.of(), List.of(), List.of());
    ReplicaShell shell = shell(input -> write, (none, onDurable) -> {
      throw rule;
    });

    shell.step(new Input.Tick());
    shell.step(new Input.Tick());

    assertEquals(List.of(rule), broken);
    assertEquals(1, steps.size());
  }

  @Test
  void aReplyLeavesOnceItsOwnWriteIsDurable() {
    ReplicaShell shell = slowShell(input ->
        input instanceof Input.Received ? replyOnceDurable(Optional.of(WRITE)) : Effects.NONE);

    receive(shell, "first");
    receive(shell, "second");
    assertEquals(List.of(), done);
    nextIsDurable();
    assertEquals(List.of("first"), done);
    nextIsDurable();

    assertEquals(List.of("first", "second"), done);
  }

  @Test
  void repliesBehindAnEarlierWriteWaitForItAndLeaveInOrder() {
    ReplicaShell shell = slowShell(input -> input instanceof Input.Received
        ? replyOnceDurable(steps.size() == 1 ? Optional.of(WRITE) : Optional.empty())
        : Effects.NONE);

    receive(shell, "first");
    receive(shell, "second");
    receive(shell, "third");
    assertEquals(List.of(), done);
    nextIsDurable();

    assertEquals(List.of("first", "second", "third"), done);
  }

  @Test
  void aReplyWaitsForWhatOnlyItsEngineKnowsToo() {
    ReplicaShell shell = slowShell(input -> replyOnceDurable(Optional.empty(), COMMAND));

    receive(shell, "reply");
    assertEquals(List.of(), done);
    nextIsDurable();

    assertEquals(List.of("reply"), done);
  }

  @Test
  void aDurableStepIsDoneOnceAllIsDurable() {
    Effects write = new Effects(
        List.of(), Optional.of(WRITE), List.of(), List.of(), List.of(), List.of(), List.of());
    ReplicaShell shell =
        slowShell(input -> input instanceof Input.Persisted ? Effects.NONE : write);

    onLoop(() -> {
      shell.step(new Input.Tick());
      return shell
          .stepDurably(new Input.Appoint(Epochs.of(1, 0), 1))
          .onSuccess(none -> done.add("step"));
    });
    nextIsDurable();
    assertEquals(List.of(), done);
    nextIsDurable();

    assertEquals(List.of("step"), done);
  }

  @Test
  void strangersAreNotHeard() {
    ReplicaShell shell = shell(input -> Effects.NONE);

    assertTrue(shell.receive(new Request(3, 1, false)).failed());
    assertTrue(shell.receive(new Request(2, 3, false)).failed());
    assertTrue(shell.receive(new Request(2, 1, true)).failed());

    assertEquals(List.of(), steps);
  }

  @Test
  void whoResignsStaysUntilAnotherMayLead() {
    ReplicaShell shell = shell(input -> Effects.NONE);

    Future<Void> resigned = shell.resign();
    shell.tick();
    assertFalse(resigned.isComplete());
    role = Role.FOLLOWER;
    shell.tick();

    assertTrue(resigned.succeeded());
  }

  @Test
  void whoFindsNoSuccessorStaysNotForEver() {
    ReplicaShell shell = shell(input -> Effects.NONE);

    Future<Void> resigned = shell.resign();
    for (int tick = 1; tick < ReplicaShell.MOST_TICKS_IN_OFFICE; tick++) {
      shell.tick();
    }
    assertFalse(resigned.isComplete());
    shell.tick();

    assertTrue(resigned.succeeded());
  }

  @Test
  void whoDoesNotLeadNeedNotWait() {
    role = Role.FOLLOWER;

    assertTrue(shell(input -> Effects.NONE).resign().succeeded());
  }
}
