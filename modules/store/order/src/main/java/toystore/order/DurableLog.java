package toystore.order;

import java.util.function.Consumer;
import toystore.disk.GroupCommit;
import toystore.replication.Effects;
import toystore.replication.Input;
import toystore.replication.Message;

/** Where an engine keeps what must survive a crash, in the order it is told. */
public interface DurableLog extends AutoCloseable {

  /**
   * Carries out a write, after everything handed over before.
   *
   * @param onDurable called, on any thread and in the order of the calls, once the write survives a
   *     crash; never called when it failed: the process ends then
   */
  void persist(Effects.Write write, Runnable onDurable);

  /**
   * Carries out what this engine's core asks beyond writes, in order with them.
   *
   * @param onDurable as for {@link #persist}
   */
  default void carryOut(Effects.Command command, Runnable onDurable) {
    throw new IllegalStateException("this engine knows no command " + command);
  }

  /**
   * Called once, before all else, by a shell whose core wants to hear of this engine's own events.
   *
   * @param core takes inputs, from any thread, in the order given
   */
  default void feed(Consumer<Input> core) {}

  /**
   * Called with each message from a peer before the core sees it.
   *
   * @throws IllegalArgumentException when it carries what this engine's disk could not keep
   */
  default void admit(Message message) {}

  /** Called with every tick: the time for what need not be written at once. */
  default void tick() {}

  /** What was written since it was opened, and how long that took. May be asked from any thread. */
  default GroupCommit.Counts counts() {
    return GroupCommit.Counts.NONE;
  }

  /** Writes what was handed over, and the orders applied, then closes. Waits for it. */
  @Override
  void close();
}
