package toystore.primarybackup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.primarybackup.ScriptedReplica.E1;
import static toystore.primarybackup.ScriptedReplica.E2;
import static toystore.primarybackup.ScriptedReplica.E3;
import static toystore.primarybackup.ScriptedReplica.follower;
import static toystore.primarybackup.ScriptedReplica.order;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import toystore.model.Role;
import toystore.primarybackup.PrimaryBackupMessage.AppendRequest;
import toystore.primarybackup.PrimaryBackupMessage.FetchReply;
import toystore.primarybackup.PrimaryBackupMessage.FetchRequest;
import toystore.primarybackup.PrimaryBackupMessage.PromiseRequest;
import toystore.replication.ContradictionException;
import toystore.replication.Effects;
import toystore.replication.Effects.Fact;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.Input;

/** Primary-backup, where a file may be older than what was acknowledged. */
class OlderLogTest {
  private static final Entry FIRST = Entry.noOp(1, E1);
  private static final Entry A = order(2, E1, "a");
  private static final Entry B = order(3, E1, "b");

  private final ScriptedReplica candidate = follower(3, E1, 1, 1, FIRST).withoutCatalog();

  private static List<Fact> elections(Effects effects) {
    return effects.facts().stream().filter(Fact.Elected.class::isInstance).toList();
  }

  @Test
  void nothingIsAppendedBeforeTheCatalogAgrees() {
    candidate.lead(E2, 1);

    assertEquals(List.of(new Fact.Elected(E2, FIRST.position())), elections(candidate.last()));
    assertEquals(Role.CANDIDATE, candidate.status().role());
    assertEquals(Optional.empty(), candidate.last().toPersist());

    candidate.step(new Input.LogVerified(E2, FIRST.position()));
    assertEquals(Role.LEADER, candidate.status().role());
    assertEquals(
        List.of(Entry.noOp(2, E2)), candidate.last().toPersist().orElseThrow().append());
  }

  @Test
  void anAnswerOfTheCatalogToAnotherEpochIsNone() {
    candidate.lead(E2, 1);

    candidate.step(new Input.LogVerified(E1, FIRST.position()));

    assertEquals(Role.CANDIDATE, candidate.status().role());
  }

  @Test
  void oneThatIsDoubtedAsksOnAndAdoptsWhatAnotherBringsAndIsComparedAnew() {
    candidate.lead(E2, 1);
    candidate.step(new Input.Doubted(E2));

    candidate.ticks(ScriptedReplica.OPTIONS.retryTicks());
    candidate.sent(PromiseRequest.class, 2);
    candidate.promised(2, B.position());
    FetchRequest asked = candidate.sent(FetchRequest.class, 2);
    candidate.receive(new FetchReply(
        2,
        3,
        E2,
        asked.after(),
        asked.limit(),
        true,
        List.of(A, B),
        B.position(),
        3,
        new Promise(E2, 3),
        false));

    assertEquals(List.of(new Fact.Elected(E2, B.position())), elections(candidate.last()));
    candidate.step(new Input.LogVerified(E2, FIRST.position()));
    assertEquals(Role.CANDIDATE, candidate.status().role());
    candidate.step(new Input.LogVerified(E2, B.position()));
    assertEquals(Role.LEADER, candidate.status().role());
  }

  @Test
  void oneThatHearsOfALaterEpochGivesUpAndSaysSoToWhoeverAppoints() {
    candidate.lead(E2, 1);

    candidate.step(new Input.Outdated(E3));

    assertEquals(Role.FOLLOWER, candidate.status().role());
    assertEquals(E3, candidate.status().promised());
    assertEquals(new Promise(E3, 0), candidate.last().toPersist().orElseThrow().promise());
  }

  @Test
  void itsOwnEpochTakenByAnotherEndsItsCandidacy() {
    candidate.lead(E2, 1);

    candidate.step(new Input.Outdated(E2));

    assertEquals(Role.FOLLOWER, candidate.status().role());
  }

  @Test
  void whatItHasNotAppliedIsKnown() {
    ScriptedReplica replica = follower(2, E1, 3, 1, FIRST, A, B);

    assertEquals(List.of(A, B), replica.unapplied());
  }

  @Test
  void aLeaderThatLacksWhatIsCommittedHereIsContradicted() {
    ScriptedReplica replica = follower(2, E1, 3, 3, FIRST, A, B);
    Entry other = Entry.noOp(2, E2);
    AppendRequest conflicting = new AppendRequest(1, 2, E2, FIRST.position(), List.of(other), 1, 1);
    AppendRequest probing = new AppendRequest(1, 2, E2, other.position(), List.of(), 1, 2);

    for (AppendRequest request : List.of(conflicting, probing)) {
      IllegalStateException contradiction =
          assertThrows(ContradictionException.class, () -> replica.receive(request));
      assertTrue(contradiction.getMessage().contains("at index 2"), contradiction::getMessage);
    }
  }
}
