package toystore.primarybackup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.primarybackup.ScriptedReplica.E1;
import static toystore.primarybackup.ScriptedReplica.E2;
import static toystore.primarybackup.ScriptedReplica.E3;
import static toystore.primarybackup.ScriptedReplica.order;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.Role;
import toystore.primarybackup.PrimaryBackupMessage.AppendReply;
import toystore.primarybackup.PrimaryBackupMessage.AppendRequest;
import toystore.primarybackup.PrimaryBackupMessage.FetchReply;
import toystore.primarybackup.PrimaryBackupMessage.FetchRequest;
import toystore.primarybackup.PrimaryBackupMessage.PromiseRequest;
import toystore.replication.DurableState;
import toystore.replication.Effects;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.FencedCore;
import toystore.replication.Input;
import toystore.replication.Message;
import toystore.replication.OlderEntries;

/** A replica that starts, and whose file may have forgotten what it promised. */
class FencedCoreTest {
  private static final Entry FIRST = Entry.noOp(1, E1);
  private static final Entry A = order(2, E1, "a");

  /** Of before: it hung while another led. */
  private static final AppendRequest OF_BEFORE =
      new AppendRequest(1, 2, E1, FIRST.position(), List.of(A), 1, 1);

  private final FencedCore core =
      starting(new DurableState(List.of(FIRST), new Promise(E1, 1), 1, 1, false));
  private final List<Message> sent = new ArrayList<>();

  private static FencedCore starting(DurableState file) {
    return new FencedCore(new PrimaryBackupCore(
        2, List.of(1, 2, 3), file, OlderEntries.NONE, ScriptedReplica.OPTIONS));
  }

  private Effects step(FencedCore replica, Input input) {
    Effects effects = replica.step(input);
    sent.addAll(effects.toSend());
    sent.addAll(effects.toSendOnceDurable());
    return effects;
  }

  private <M> List<M> sent(Class<M> kind) {
    return sent.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Test
  void beforeItKnowsTheFenceItPromisesAndAcknowledgesNothing() {
    step(core, new Input.Received(OF_BEFORE));
    step(core, new Input.Received(new PromiseRequest(3, 2, E2)));
    step(core, new Input.Received(new FetchRequest(3, 2, E1, LogPosition.START, 5)));
    step(core, new Input.Appoint(E2, 2));

    assertFalse(core.knowsFence());
    assertEquals(List.of(), sent);
    assertEquals(E1, core.status().promised());
  }

  @Test
  void aLeaderOfBeforeIsNotFollowed() {
    Effects raised = step(core, new Input.FenceKnown(E2));
    step(core, new Input.Received(OF_BEFORE));

    assertTrue(core.knowsFence());
    assertEquals(new Promise(E2, 0), raised.toPersist().orElseThrow().promise());
    AppendReply reply = sent(AppendReply.class).get(0);
    assertFalse(reply.accepted());
    assertEquals(E2, reply.promise().epoch(), "it hears that it is over");
    assertEquals(FIRST.position(), core.status().last());
  }

  @Test
  void theLeaderThatTheCatalogObeysIsFollowed() {
    step(core, new Input.FenceKnown(E2));

    step(
        core,
        new Input.Received(
            new AppendRequest(3, 2, E2, FIRST.position(), List.of(Entry.noOp(2, E2)), 1, 1)));

    assertTrue(sent(AppendReply.class).get(0).accepted());
  }

  @Test
  void whatItPromisedLaterThanTheFenceStays() {
    FencedCore later = starting(new DurableState(List.of(FIRST), new Promise(E3, 3), 1, 1, false));

    step(later, new Input.FenceKnown(E2));

    assertEquals(E3, later.status().promised());
    assertEquals(3, later.status().leader());
  }

  @Test
  void itTellsAndFetchesWhatIsCommittedMeanwhile() {
    step(core, new Input.Tick());
    FetchRequest inquiry = sent(FetchRequest.class).get(0);
    step(core, new Input.Received(new FetchRequest(3, 2, Epochs.NONE, LogPosition.START, 5)));
    for (int peer : List.of(1, 3)) {
      step(core, new Input.Received(answer(peer, inquiry.after(), 0, List.of())));
    }
    FetchRequest chunk = sent(FetchRequest.class).get(sent(FetchRequest.class).size() - 1);
    Effects taken = step(
        core, new Input.Received(answer(chunk.to(), chunk.after(), chunk.limit(), List.of(A))));

    assertEquals(List.of(FIRST), sent(FetchReply.class).get(0).entries());
    assertEquals(List.of(A), taken.toApply());
    assertFalse(core.knowsFence());
    assertEquals(Role.FOLLOWER, core.status().role());
  }

  private static FetchReply answer(int from, LogPosition after, int limit, List<Entry> entries) {
    return new FetchReply(
        from,
        2,
        Epochs.NONE,
        after,
        limit,
        true,
        entries,
        A.position(),
        2,
        new Promise(E1, 1),
        false);
  }

  @Test
  void oneThatLostItsFilePromisesNoLessThanTheFenceOnceItIsRebuilt() {
    FencedCore fresh = starting(DurableState.fresh());
    step(fresh, new Input.FenceKnown(E3));
    step(fresh, new Input.Tick());
    FetchRequest inquiry = sent(FetchRequest.class).get(0);

    for (int peer : List.of(1, 3)) {
      step(
          fresh,
          new Input.Received(new FetchReply(
              peer,
              2,
              Epochs.NONE,
              inquiry.after(),
              inquiry.limit(),
              true,
              List.of(),
              LogPosition.START,
              0,
              new Promise(E1, 1),
              false)));
    }

    assertEquals(E3, fresh.status().promised());
  }
}
