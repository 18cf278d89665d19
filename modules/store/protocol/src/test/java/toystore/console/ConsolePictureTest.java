package toystore.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import toystore.console.ConsolePicture.ServedSecond;
import toystore.console.LogPicture.EntryItem;
import toystore.console.LogPicture.EntryRun;
import toystore.leader.SeenReplica;
import toystore.model.EngineName;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.model.ReplicaHealth;
import toystore.model.Role;
import toystore.replication.LogGlance;

/** A console gets all once, and then what changes. */
class ConsolePictureTest {
  private static final long FIRST = Epochs.of(1, 1);
  private static final long SECOND = Epochs.of(2, 1);

  private final ConsolePicture picture = new ConsolePicture(new Story(new PurchaseWaits()));

  @Test
  void whatHasNotChangedIsNotSentAgain() {
    picture.replica(3, log(FIRST, 1, 5, 5));
    picture.takeChanges();

    picture.replica(3, log(FIRST, 1, 5, 5));

    assertEquals(Map.of(), picture.takeChanges());
  }

  @Test
  void ofALogOnlyWhatIsNewIsSent() {
    picture.replica(3, log(FIRST, 1, 30, 30));
    picture.takeChanges();

    picture.replica(3, log(FIRST, 2, 31, 30));
    Map<String, Object> changes = picture.takeChanges();

    assertEquals(List.of(new EntryItem("1.1", 31, null, "Tux", 1)), changes.get("entries"));
    assertEquals(
        List.of(new EntryRun("1.1", 2, 31)), ((ConsolePicture.LogRow) changes.get("log-3")).runs());
  }

  @Test
  void anEntryOfTwoLogsIsSentOnce() {
    picture.replica(3, log(FIRST, 1, 5, 5));
    picture.replica(2, log(FIRST, 1, 5, 4));

    assertEquals(5, ((List<?>) picture.takeChanges().get("entries")).size());
  }

  @Test
  void anEntryIsSentAgainWhenItHasBecomeAnOrder() {
    picture.replica(3, log(FIRST, 1, 5, 4));
    picture.takeChanges();

    picture.replica(3, log(FIRST, 1, 5, 5));

    assertEquals(
        List.of(new EntryItem("1.1", 5, 4L, "Tux", 1)), picture.takeChanges().get("entries"));
  }

  @Test
  void anEntryOfAnotherEpochAtTheSamePlaceIsAnotherEntry() {
    picture.replica(3, log(FIRST, 1, 5, 4));
    picture.takeChanges();

    picture.replica(2, log(SECOND, 5, 5, 4));

    assertEquals(
        List.of(new EntryItem("2.1", 5, null, "Tux", 1)), picture.takeChanges().get("entries"));
  }

  @Test
  void whoComesLateGetsAllOfIt() {
    picture.replica(3, log(FIRST, 1, 30, 30));
    for (long second = 1; second <= 150; second++) {
      picture.second(new ServedSecond(1_000 * second, 1, 1, 1, 1, 1, 1, 0));
    }
    picture.takeChanges();

    Map<String, Object> all = picture.all(7);

    assertEquals(7L, all.get("now"));
    assertEquals(30, ((List<?>) all.get("entries")).size());
    assertEquals(120, ((List<?>) all.get("seconds")).size());
  }

  @Test
  void whatHappenedIsNotWaitedWith() {
    assertTrue(look(Optional.of(new KnownLeader(3, FIRST))));
    assertFalse(look(Optional.of(new KnownLeader(3, FIRST))));
    assertTrue(look(Optional.empty()));
  }

  @Test
  void ofAStoreOfDesksItSaysHowTheDatabaseIs() {
    long epoch = Epochs.of(4, 0);
    ReplicaHealth.Builder office =
        ReplicaHealth.of(1, EngineName.POSTGRES, Role.LEADER).knows(1, epoch);

    lookAtDesk(office.ready(true).serving(true).build());
    assertEquals("live", lead().database());
    assertEquals("single", lead().durability());
    assertEquals("postgres", lead().engine());

    lookAtDesk(office.ready(true).serving(false).build());
    assertEquals("silent", lead().database());

    lookAtDesk(null);
    assertEquals("unknown", lead().database());
    assertEquals("postgres", lead().engine());
  }

  private void lookAtDesk(ReplicaHealth health) {
    picture.look(
        "front-end",
        0,
        0,
        Outlook.of(
            Optional.empty(),
            true,
            "live",
            List.of(new SeenReplica(1, health == null ? "down" : "live", health)),
            Optional.of("single")));
  }

  private ConsolePicture.LeadView lead() {
    return (ConsolePicture.LeadView) picture.all(0).get("lead");
  }

  private boolean look(Optional<KnownLeader> leader) {
    List<SeenReplica> replicas = List.of(new SeenReplica(3, "live", null));
    return picture.look(
        "front-end",
        0,
        0,
        new Outlook(leader, Optional.empty(), true, "live", replicas, Optional.empty()));
  }

  private static LogGlance log(long epoch, long first, long last, long committed) {
    List<LogGlance.LogLine> lines = LongStream.rangeClosed(first, last)
        .mapToObj(index ->
            new LogGlance.LogLine(index, epoch, index <= committed ? index - 1 : null, "Tux", 1))
        .toList();
    return new LogGlance(Role.FOLLOWER, epoch, committed, committed, last, last, lines);
  }
}
