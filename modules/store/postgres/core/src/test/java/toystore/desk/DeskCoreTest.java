package toystore.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.desk.DatabaseFailure.FailureKind;
import toystore.desk.DatabaseTask.DeskRow;
import toystore.desk.DatabaseTask.TakenOffice;
import toystore.desk.DatabaseTask.TaskKind;
import toystore.desk.DeskOptions.DeskBounds;
import toystore.desk.DeskOptions.DeskTimes;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.stock.CatalogOptions.Leases;
import toystore.stock.CatalogOptions.Restocking;

/** What a desk asks the database for, step by step. */
class DeskCoreTest {
  private static final DeskTimes TIMES = DeskTimes.USUAL;

  private final DeskCore core = new DeskCore(
      new DeskOptions(
          1, 2, new Leases(1_000, 100, 200), new Restocking(100, 60_000), TIMES, DeskBounds.USUAL),
      0);
  private long nowMs;

  @Test
  void aDeskThatStandsByRefuses() {
    assertEquals(StoreError.NOT_LEADER, buy(1, "k").replies().get(0).refusal().error());
  }

  @Test
  void whatComesWhileATurnIsUnderWayGoesIntoTheNextOne() {
    takeOffice();
    DatabaseTask first = buy(1, "k").task().orElseThrow();

    assertTrue(buy(2, "l").task().isEmpty());
    assertTrue(buy(3, "m").task().isEmpty());
    DatabaseTask second =
        core.turned(first.id(), outcome(first, 7), nowMs).task().orElseThrow();

    assertEquals(
        List.of("l", "m"),
        second.turn().purchases().stream().map(PurchaseRequest::key).toList());
  }

  @Test
  void aTurnOfWhichNobodyKnowsIsAskedAgainWithTheSameKeysOnALaterLine() {
    takeOffice();
    DatabaseTask lost = buy(1, "k").task().orElseThrow();

    core.failed(lost.id(), DatabaseFailure.lost("cut"), nowMs);
    DatabaseTask again = connect();

    assertEquals(TaskKind.TURN, again.kind());
    assertEquals(lost.turn().purchases(), again.turn().purchases());
    assertTrue(again.turn().pass().line() > lost.turn().pass().line());
  }

  @Test
  void aLateTurnIsGivenUpAndItsAnswerNotHeeded() {
    takeOffice();
    DatabaseTask late = buy(1, "k").task().orElseThrow();
    nowMs += TIMES.turnMs();

    assertTrue(core.tick(nowMs).disconnects());
    assertTrue(core.turned(late.id(), outcome(late, 7), nowMs).replies().isEmpty());
  }

  @Test
  void whoHasWaitedTooLongIsRefused() {
    takeOffice();
    DatabaseTask lost = buy(1, "k").task().orElseThrow();
    core.failed(lost.id(), DatabaseFailure.lost("cut"), nowMs);
    nowMs += TIMES.deadlineMs() + 1;

    assertEquals(
        StoreError.UNAVAILABLE, core.tick(nowMs).replies().get(0).refusal().error());
  }

  @Test
  void eachFailureOfTheDatabaseHasItsMeaning() {
    assertEquals(FailureKind.LOST, kind("57P01"));
    assertEquals(FailureKind.LOST, kind("08006"));
    assertEquals(FailureKind.LOST, kind("53300"));
    assertEquals(FailureKind.AGAIN, kind("40001"));
    assertEquals(FailureKind.AGAIN, kind("40P01"));
    assertEquals(FailureKind.AGAIN, kind("55P03"));
    assertEquals(FailureKind.STANDBY, kind("25006"));
    assertEquals(FailureKind.FENCED, kind(DatabaseFailure.FENCED_STATE));
    assertEquals(FailureKind.UNSAFE, kind(DatabaseFailure.UNSAFE_STATE));
    assertEquals(FailureKind.BROKEN, kind("42501"));
  }

  private static FailureKind kind(String sqlState) {
    return DatabaseFailure.of(sqlState, "words").kind();
  }

  private DeskEffects buy(long token, String key) {
    return core.buy(token, new PurchaseRequest(key, "Tux", 1), 0, nowMs);
  }

  /** The first office of a new database: nobody has a cache. */
  private void takeOffice() {
    DeskRow row = new DeskRow(0, 0, 0, false);
    DatabaseTask look = connect();
    core.looked(look.id(), row, nowMs);
    nowMs += TIMES.goneMs();
    DatabaseTask again = core.tick(nowMs).task().orElseThrow();
    DatabaseTask take = core.looked(again.id(), row, nowMs).task().orElseThrow();
    core.tookOffice(take.id(), new TakenOffice(1, 1, 0, 0, 0, true), nowMs);
  }

  /** What is asked first on a new connection. */
  private DatabaseTask connect() {
    nowMs += TIMES.retryMs();
    DatabaseTask find = core.tick(nowMs).task().orElseThrow();
    assertEquals(TaskKind.FIND_PRIMARY, find.kind());
    return core.found(find.id(), nowMs).task().orElseThrow();
  }

  private static DeskTurn.Outcome outcome(DatabaseTask task, long beat) {
    List<DeskTurn.Decided> decided = task.turn().purchases().stream()
        .map(purchase -> new DeskTurn.Decided(DeskTurn.Verdict.ORDERED, 0))
        .toList();
    return new DeskTurn.Outcome(beat, 1, decided, List.of(), List.of(), List.of());
  }
}
