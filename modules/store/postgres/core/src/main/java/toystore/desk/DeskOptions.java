package toystore.desk;

import toystore.model.Require;
import toystore.stock.CatalogOptions.Leases;
import toystore.stock.CatalogOptions.Restocking;

/**
 * What a desk is told once.
 *
 * @param id of this desk, 1 or 2; the other one stands by
 * @param addresses of the database, so many; one of them is the primary
 * @param leases how long front-ends may serve their caches
 * @param restocking of toys that are sold out
 * @param times how long things take
 * @param bounds how much there may be
 */
public record DeskOptions(
    int id,
    int addresses,
    Leases leases,
    Restocking restocking,
    DeskTimes times,
    DeskBounds bounds) {

  public DeskOptions {
    Require.atLeast(1, "id", id);
    Require.atLeast(1, "addresses", addresses);
  }

  /**
   * How long things take, in milliseconds.
   *
   * @param deadlineMs a question is refused when it is so old
   * @param turnMs a turn without an answer for so long is given up, and its questions are asked
   *     again
   * @param retryMs between a failure and the next try
   * @param beatMs a desk in office writes at least so often
   * @param lookMs a desk that stands by looks so often whether the other one writes
   * @param silentMs a desk that has not written for so long is superseded
   * @param goneMs the same, when its connection to the database is gone as well
   */
  public record DeskTimes(
      long deadlineMs,
      long turnMs,
      long retryMs,
      long beatMs,
      long lookMs,
      long silentMs,
      long goneMs) {
    public static final DeskTimes USUAL = new DeskTimes(10_000, 3_000, 50, 500, 100, 3_000, 500);

    public DeskTimes {
      Require.atLeast(1, "deadlineMs", deadlineMs);
      Require.atLeast(1, "turnMs", turnMs);
      Require.atLeast(1, "retryMs", retryMs);
      Require.atLeast(1, "beatMs", beatMs);
      Require.atLeast(1, "lookMs", lookMs);
      Require.that(silentMs > beatMs, "silentMs", silentMs);
      Require.atLeast(1, "goneMs", goneMs);
    }
  }

  /**
   * How much there may be at a time.
   *
   * @param turn questions of all kinds in one turn, and toys that are read in it
   * @param waiting questions that wait; more are refused
   * @param sessions of front-ends
   * @param copies of toys in all caches that are kept account of; beyond, the oldest are called
   *     back
   */
  public record DeskBounds(int turn, int waiting, int sessions, int copies) {
    public static final DeskBounds USUAL = new DeskBounds(400, 10_000, 100, 100_000);

    public DeskBounds {
      Require.that(turn >= 1 && turn <= Require.MAX_ITEMS, "turn", turn);
      Require.atLeast(1, "waiting", waiting);
      Require.atLeast(1, "sessions", sessions);
      Require.atLeast(1, "copies", copies);
    }
  }
}
