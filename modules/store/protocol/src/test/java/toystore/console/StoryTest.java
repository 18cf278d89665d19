package toystore.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import toystore.leader.SeenReplica;
import toystore.model.EngineName;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.model.LogPosition;
import toystore.model.ReplicaHealth;
import toystore.model.Role;
import toystore.stock.CatalogGlance;

/** What happened, in sentences. */
class StoryTest {
  private static final KnownLeader THREE = new KnownLeader(3, Epochs.of(1, 1));
  private static final KnownLeader TWO = new KnownLeader(2, Epochs.of(2, 1));

  private final PurchaseWaits waits = new PurchaseWaits();
  private final Story story = new Story(waits);
  private EngineName engine = EngineName.PRIMARY_BACKUP;
  private String catalog = "live";

  @Test
  void aLeaderThatDiesIsToldFromItsLossToWhatBecameOfThePurchases() {
    look(0, serves(THREE));
    long waiting = waits.began();

    List<String> lost = look(1_000, new Scene(null, null, false, "down", 10));
    List<String> appointed = look(1_020, new Scene(null, TWO, false, "down", 10));
    List<String> serving = look(1_130, new Scene(TWO, null, true, "down", 10));
    waits.ended(waiting, 141, false);
    List<String> settled = look(1_140, new Scene(TWO, null, true, "down", 10));

    assertEquals(List.of("order-3, the leader, is down: nobody answers at its address."), lost);
    assertEquals(List.of("order-2 was appointed in epoch 2.1."), appointed);
    assertEquals(List.of("order-2 leads in epoch 2.1.", "Serving again after 130 ms."), serving);
    assertEquals(List.of("order-3 died; purchases waited 141 ms at most; none failed."), settled);
  }

  @Test
  void aLossThatIsFeltBeforeTheHealthCheckSeesItIsStillADeath() {
    look(0, serves(THREE));
    look(1_000, new Scene(null, null, false, "live", 10));

    List<String> lost = look(1_010, new Scene(null, null, false, "down", 10));
    List<String> told = look(1_100, new Scene(TWO, null, true, "down", 10));

    assertEquals(List.of("order-3, the leader, is down: nobody answers at its address."), lost);
    assertEquals("order-3 died; nobody bought meanwhile.", told.get(2));
  }

  @Test
  void replicasThatElectTheirLeaderHaveTerms() {
    engine = EngineName.RAFT;
    look(0, serves(new KnownLeader(3, Epochs.of(4, 0))));

    List<String> told =
        look(10, new Scene(new KnownLeader(2, Epochs.of(5, 0)), null, true, "live", 10));

    assertEquals(List.of("order-2 was elected in term 5."), told);
  }

  @Test
  void desksTakeOverAndTheirCatalogIsNotAnotherService() {
    engine = EngineName.POSTGRES;
    KnownLeader first = new KnownLeader(3, Epochs.of(4, 0));
    KnownLeader next = new KnownLeader(2, Epochs.of(5, 0));

    List<String> begun = look(0, serves(first));
    catalog = "down";
    List<String> lost = look(1_000, new Scene(null, null, false, "down", 10));
    List<String> coming = look(1_500, new Scene(null, next, false, "down", 10));
    catalog = "live";
    List<String> served = look(2_600, new Scene(next, null, true, "down", 10));
    List<String> back = look(9_000, new Scene(next, null, true, "live", 10));

    assertEquals(List.of("The store serves; desk-3 is in office in epoch 4."), begun);
    assertEquals(List.of("desk-3, in office, is down: nobody answers at its address."), lost);
    assertEquals(
        List.of("desk-2 takes over in epoch 5: it waits until all leases of before are over."),
        coming);
    assertEquals(
        List.of(
            "desk-2 took over in epoch 5.",
            "Serving again after 1600 ms.",
            "desk-3 died; nobody bought meanwhile."),
        served);
    assertEquals(List.of("desk-3 is back after 8000 ms, and stands by."), back);
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsTheCauseWhileItsDeskIsThere() {
    engine = EngineName.POSTGRES;
    KnownLeader desk = new KnownLeader(3, Epochs.of(4, 0));
    look(0, serves(desk));
    look(1_000, new Scene(desk, null, false, "live", 10));

    List<String> told = look(2_000, serves(desk));

    assertEquals(
        List.of(
            "Serving again after 1000 ms.",
            "The database did not answer; nobody bought meanwhile."),
        told);
  }

  @Test
  void theSummaryWaitsForThePurchasesThatWaited() {
    look(0, serves(THREE));
    long first = waits.began();
    look(1_000, new Scene(null, null, false, "silent", 10));
    long second = waits.began();
    look(1_500, new Scene(TWO, null, true, "silent", 10));
    long later = waits.began();
    waits.ended(later, 2_000, true);
    waits.ended(first, 520, false);

    List<String> before = look(1_510, new Scene(TWO, null, true, "silent", 10));
    waits.ended(second, 450, true);
    List<String> after = look(1_520, new Scene(TWO, null, true, "silent", 10));

    assertEquals(List.of(), before);
    assertEquals(
        List.of("order-3 fell silent; purchases waited 520 ms at most; 1 of 2 were refused."),
        after);
  }

  @Test
  void aLeaderThatFaltersWhilePurchasesWaitIsNoOutageOfItsOwn() {
    look(0, serves(THREE));
    long waiting = waits.began();
    look(1_000, new Scene(null, null, false, "down", 10));
    look(1_500, new Scene(TWO, null, true, "down", 10));
    look(1_502, new Scene(null, TWO, false, "down", 10));
    look(1_514, new Scene(TWO, null, true, "down", 10));
    waits.ended(waiting, 600, false);

    List<String> settled = look(1_600, new Scene(TWO, null, true, "down", 10));

    assertEquals(List.of("order-3 died; purchases waited 600 ms at most; none failed."), settled);
  }

  @Test
  void anOutageInWhichNobodyBoughtSaysSo() {
    look(0, serves(THREE));
    look(1_000, new Scene(null, null, false, "down", 10));

    List<String> told = look(1_200, new Scene(TWO, null, true, "down", 10));

    assertEquals(
        List.of(
            "order-2 leads in epoch 2.1.",
            "Serving again after 200 ms.",
            "order-3 died; nobody bought meanwhile."),
        told);
  }

  @Test
  void aReplicaThatComesBackIsLevelWhenItHasWhatTheOthersHadThen() {
    look(0, serves(TWO));
    look(10, new Scene(TWO, null, true, "down", 10));

    List<String> back = look(2_010, new Scene(TWO, null, true, "live", 4));
    List<String> onTheWay = look(2_100, new Scene(TWO, null, true, "live", 9));
    List<String> level = look(2_500, new Scene(TWO, null, true, "live", 10));

    assertEquals(List.of("order-3 is back after 2000 ms and catches up: 6 entries left."), back);
    assertEquals(List.of(), onTheWay);
    assertEquals(List.of("order-3 is level again after 490 ms."), level);
  }

  @Test
  void theCatalogIsLostAndBack() {
    look(0, serves(THREE));
    catalog = "down";
    List<String> lost = look(500, new Scene(THREE, null, false, "live", 10));
    catalog = "live";
    List<String> back = look(1_500, serves(THREE));

    assertEquals(List.of("The catalog is down: nothing can be bought until it is back."), lost);
    assertEquals(
        List.of(
            "The catalog is back after 1000 ms.",
            "Serving again after 1000 ms.",
            "The catalog did not answer; nobody bought meanwhile."),
        back);
  }

  @Test
  void whatWasRestockedIsNamedOnce() {
    story.glance(0, shelves(0, 0));

    List<StoryEvent> restocked = story.glance(100, shelves(100, 0));
    List<StoryEvent> again = story.glance(200, shelves(100, 0));

    assertEquals(List.of("Restocked: Tux."), texts(restocked));
    assertEquals(List.of(), again);
  }

  @Test
  void onlyTheLatestEventsAreKept() {
    look(0, serves(THREE));
    for (int i = 1; i <= 100; i++) {
      look(10 * i, new Scene(i % 2 == 0 ? THREE : TWO, null, true, "live", 10));
    }

    assertEquals(60, story.events().size());
    assertEquals(101, story.events().stream().skip(59).findFirst().orElseThrow().id());
  }

  private static CatalogGlance shelves(long tux, long fox) {
    return new CatalogGlance(
        2,
        200,
        0,
        1,
        0,
        false,
        List.of(
            new CatalogGlance.ToyShelf("Tux", 100, tux),
            new CatalogGlance.ToyShelf("Fox", 100, fox)),
        List.of());
  }

  /** How things are: order-3 is in this state and has so much committed, the others have ten. */
  private record Scene(
      KnownLeader leader, KnownLeader awaited, boolean serving, String three, long committed) {}

  private static Scene serves(KnownLeader leader) {
    return new Scene(leader, null, true, "live", 10);
  }

  private List<String> look(long atMs, Scene scene) {
    List<SeenReplica> replicas = new ArrayList<>();
    replicas.add(new SeenReplica(3, scene.three(), health(3, scene.committed())));
    replicas.add(new SeenReplica(2, "live", health(2, 10)));
    replicas.add(new SeenReplica(1, "live", health(1, 10)));
    return texts(story.look(
        atMs,
        1_000_000 + atMs,
        new Outlook(
            Optional.ofNullable(scene.leader()),
            Optional.ofNullable(scene.awaited()),
            scene.serving(),
            catalog,
            replicas,
            engine.hasReplicas() ? Optional.empty() : Optional.of("single"))));
  }

  private ReplicaHealth health(int id, long committed) {
    return ReplicaHealth.of(id, engine, committed < 10 ? Role.CATCHING_UP : Role.FOLLOWER)
        .log(new LogPosition(Epochs.of(1, 1), 10), committed)
        .build();
  }

  private static List<String> texts(List<StoryEvent> events) {
    return events.stream().map(StoryEvent::text).toList();
  }
}
