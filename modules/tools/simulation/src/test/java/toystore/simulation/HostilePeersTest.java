package toystore.simulation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import toystore.model.EngineName;
import toystore.replication.ContradictionException;
import toystore.replication.Effects;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.Message;
import toystore.replication.ReplicaCore;
import toystore.virtualtime.Timeline;

/**
 * Valid messages, changed at one place, to a replica in whatever state it is: it may refuse them or
 * not, but it goes on, keeps the promise that a refused one speaks of, and never takes back what is
 * committed. Each goes to a twin, made by the same steps, so that the schedule goes on undisturbed.
 */
class HostilePeersTest {
  private static final int SCHEDULES = Integer.getInteger("toystore.hostileSchedules", 40);
  /** Of so many messages one is tried in changed forms. */
  private static final int ONE_IN = 20;

  private static final int FORMS = 6;

  private final SplittableRandom random = new SplittableRandom(7);
  private final Mutation mutation = new Mutation(11);
  private int made;
  private int refusedByItself;
  private int contradictions;

  @ParameterizedTest
  @EnumSource(names = {"PRIMARY_BACKUP", "RAFT"})
  void noMessageEndsAReplicaOrChangesAPromiseThatItRefuses(EngineName engine) {
    for (long seed = 1; seed <= SCHEDULES; seed++) {
      new World(engine, seed, new Watched(), new Trace(null), new Timeline()).run();
    }

    assertTrue(made > 500, () -> made + " were made");
    assertTrue(refusedByItself > 500, () -> refusedByItself + " contradicted themselves");
    assertTrue(contradictions < made / 20, () -> contradictions + " of " + made);
  }

  private final class Watched extends Wiring {
    @Override
    ReplicaCore core(Supplier<ReplicaCore> maker) {
      return new Twins(maker);
    }
  }

  private final class Twins implements ReplicaCore {
    private final Supplier<ReplicaCore> maker;
    private final ReplicaCore core;
    private final List<Input> past = new ArrayList<>();

    Twins(Supplier<ReplicaCore> maker) {
      this.maker = maker;
      this.core = maker.get();
    }

    @Override
    public Effects step(Input input) {
      if (input instanceof Input.Received received && random.nextInt(ONE_IN) == 0) {
        for (int form = 0; form < FORMS; form++) {
          tryAnother(received.message());
        }
      }
      past.add(input);
      return core.step(input);
    }

    private void tryAnother(Message message) {
      Optional<Message> changed = mutation.of((Record) message).map(Message.class::cast);
      if (changed.isEmpty()) {
        refusedByItself++;
        return;
      }
      made++;
      ReplicaCore twin = maker.get();
      past.forEach(twin::step);
      ReplicaCore.ReplicaStatus before = twin.status();
      try {
        Effects effects = twin.step(new Input.Received(changed.get()));
        keepsItsLeader(before, twin.status(), changed.get());
        assertTrue(twin.status().committed() >= before.committed(), changed::toString);
        effects.toPersist().ifPresent(write -> twin.step(new Input.Persisted(write.id())));
        for (int tick = 0; tick < 5; tick++) {
          twin.step(new Input.Tick());
        }
      } catch (ContradictionException contradiction) {
        // The one thing that must end it: its leader knows another entry where it has a committed
        // one.
        contradictions++;
      } catch (RuntimeException broken) {
        throw new AssertionError(changed + " to " + before, broken);
      }
    }

    /** An epoch has one leader: it may become known, or be lost sight of, and not be another. */
    private void keepsItsLeader(ReplicaStatus before, ReplicaStatus after, Message message) {
      boolean another = before.leader() != 0
          && after.leader() != 0
          && after.leader() != before.leader()
          && after.promised() == before.promised();
      assertFalse(another, () -> message + " makes " + after + " of " + before);
    }

    @Override
    public List<Entry> unapplied() {
      return core.unapplied();
    }

    @Override
    public LogEnd tail(int most) {
      return core.tail(most);
    }

    @Override
    public ReplicaStatus status() {
      return core.status();
    }
  }
}
