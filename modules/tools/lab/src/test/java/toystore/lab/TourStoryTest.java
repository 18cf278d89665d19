package toystore.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import toystore.console.Outlook;
import toystore.console.PurchaseWaits;
import toystore.console.Story;
import toystore.console.StoryEvent;
import toystore.leader.SeenReplica;
import toystore.model.EngineName;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.model.LogPosition;
import toystore.model.ReplicaHealth;
import toystore.model.Role;
import toystore.operations.Installation;

/** A step that waits for a sentence of the story waits for one that the story can tell. */
class TourStoryTest {
  private static final Pattern TOLD = Pattern.compile("told\\(/(.+?)/i?\\)");
  /** Not those between brackets. */
  private static final Pattern BETWEEN_CHOICES = Pattern.compile("\\|(?![^(]*\\))");

  private static final KnownLeader THREE = new KnownLeader(3, Epochs.of(1, 1));
  private static final KnownLeader TWO = new KnownLeader(2, Epochs.of(2, 1));
  private static final long ALL = 10;

  private final PurchaseWaits waits = new PurchaseWaits();
  private final Story story = new Story(waits);
  private final List<String> sentences = new ArrayList<>();
  private long nowMs;

  @Test
  void eachSentenceThatAStepWaitsForIsToldOneDay() throws IOException {
    look(THREE, "live", "live", ALL);
    look(null, "down", "live", ALL);
    look(THREE, "live", "live", ALL);
    leaderDies(true);
    look(TWO, "live", "live", 4);
    look(TWO, "live", "live", ALL);
    look(THREE, "live", "live", ALL);
    leaderDies(false);
    look(TWO, "live", "live", ALL);

    List<Pattern> choices = waitedFor().stream()
        .flatMap(told -> BETWEEN_CHOICES.splitAsStream(told.pattern()))
        .map(TourStoryTest::anyCase)
        .toList();

    assertTrue(choices.size() > waitedFor().size());
    assertEquals(
        List.of(),
        choices.stream().filter(choice -> !isTold(choice)).toList(),
        () -> String.join("\n", sentences));
  }

  @Test
  void aLeaderThatDiesWhileSomebodyBuysIsSeen() throws IOException {
    look(THREE, "live", "live", ALL);
    leaderDies(true);

    assertSummaryIsWaitedFor();
  }

  /** A new leader may be there before the next purchase comes. */
  @Test
  void aLeaderThatDiesWhileNobodyBuysIsSeen() throws IOException {
    look(THREE, "live", "live", ALL);
    leaderDies(false);

    assertSummaryIsWaitedFor();
  }

  private void assertSummaryIsWaitedFor() throws IOException {
    String summary = sentences.get(sentences.size() - 1);
    assertTrue(summary.startsWith("order-3 died; "), summary);
    assertTrue(waitedFor().stream().anyMatch(told -> told.matcher(summary).find()), summary);
  }

  private void leaderDies(boolean whileSomebodyBuys) {
    long purchase = whileSomebodyBuys ? waits.began() : 0;
    look(null, "live", "down", ALL);
    if (whileSomebodyBuys) {
      waits.ended(purchase, 1, false);
    }
    look(TWO, "live", "down", ALL);
  }

  /** What the steps wait for, as they are written there. */
  private static List<Pattern> waitedFor() throws IOException {
    String steps = Files.readString(Installation.find()
        .home()
        .resolve("modules/tools/lab/src/main/resources/lab-page/steps.js"));
    return TOLD.matcher(steps).results().map(told -> anyCase(told.group(1))).toList();
  }

  private static Pattern anyCase(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  private boolean isTold(Pattern words) {
    return sentences.stream().anyMatch(sentence -> words.matcher(sentence).find());
  }

  /** How things are a moment later: order-3 has so much committed, the others have all. */
  private void look(KnownLeader leader, String catalog, String three, long committed) {
    List<SeenReplica> replicas = List.of(
        new SeenReplica(3, three, health(3, committed)),
        new SeenReplica(2, "live", health(2, ALL)),
        new SeenReplica(1, "live", health(1, ALL)));
    boolean isServing = leader != null;
    Outlook now = new Outlook(
        Optional.ofNullable(leader),
        Optional.empty(),
        isServing,
        catalog,
        replicas,
        Optional.empty());
    nowMs += 1_000;
    story.look(nowMs, nowMs, now).stream().map(StoryEvent::text).forEach(sentences::add);
  }

  private static ReplicaHealth health(int id, long committed) {
    Role role = committed < ALL ? Role.CATCHING_UP : Role.FOLLOWER;
    return ReplicaHealth.of(id, EngineName.PRIMARY_BACKUP, role)
        .log(new LogPosition(THREE.epoch(), ALL), committed)
        .build();
  }
}
