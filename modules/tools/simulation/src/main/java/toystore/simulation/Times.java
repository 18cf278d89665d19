package toystore.simulation;

import java.time.Duration;
import java.util.List;
import toystore.frontend.Orders;
import toystore.frontend.ProductOptions;
import toystore.leader.SelectorOptions;
import toystore.leader.SelectorOptions.HealthChecks;
import toystore.leader.SelectorOptions.LeaderTimes;
import toystore.leader.SelectorOptions.RefusalTimes;
import toystore.purchase.PurchaseSettings;
import toystore.stock.CatalogOptions;
import toystore.stock.CatalogOptions.CatalogBounds;
import toystore.stock.CatalogOptions.Leases;
import toystore.stock.CatalogOptions.Remembering;
import toystore.stock.CatalogOptions.Restocking;

/**
 * Times in virtual milliseconds: a fifth or less of the usual ones, in the same proportions, so
 * that much happens in a short schedule.
 */
final class Times {
  static final int REPLICA_TICK_MS = 10;
  static final int FRONT_END_TICK_MS = 20;
  static final int SAVE_TICKS = 6;

  static final int LEASE_MS = 120;
  static final int MARGIN_MS = 12;
  static final int CATALOG_TIMEOUT_MS = 220;
  static final int CALL_TIMEOUT_MS = 260;
  static final int PROOF_TIMEOUT_MS = 150;
  /** Longer than a core waits before it asks again: so late replies come, too. */
  static final int REPLICATE_TIMEOUT_MS = 200;

  static final int READ_TIMEOUT_MS = 80;
  static final int PUSH_TIMEOUT_MS = 60;
  static final int CHECK_MS = 40;
  static final int PING_TIMEOUT_MS = 120;
  static final int REQUEST_TIMEOUT_MS = 700;
  static final int GRACE_MS = 120;

  /** How long a refusal is remembered, and how old a request may be that is decided. */
  static final int REFUSAL_MS = 400;

  static final int MOST_AGE_MS = 250;

  /**
   * What is asked so long after a refusal is a new question: it may be decided when the refusal is
   * forgotten. Half the difference, since a clock may be fast and a restart of the catalog skips.
   */
  static final int NEW_QUESTION_MS = (REFUSAL_MS - MOST_AGE_MS) / 2;

  /** A front-end that did not tick for so long was paused. */
  static final int PAUSE_MS = 2 * FRONT_END_TICK_MS;

  /** Most that a timer is late or a disk stalls: three seconds, at a fifth of the usual times. */
  static final int STALL_MS = 600;

  private static final int MISSED_CHECKS = 3;
  private static final int SILENCE_MS = MISSED_CHECKS * CHECK_MS;

  private Times() {}

  static PurchaseSettings purchases() {
    return new PurchaseSettings(50, 3, 2, 50, 1, 12, 20, 4, 8, 10, 40, 2);
  }

  static CatalogOptions catalog(Plan plan, long seed) {
    return new CatalogOptions(
        new Leases(LEASE_MS, MARGIN_MS, 30),
        new Restocking(plan.stock(), 150),
        new Remembering(REFUSAL_MS, MOST_AGE_MS, 1_000),
        new CatalogBounds(1_000, 50, Long.MAX_VALUE),
        6,
        seed);
  }

  static final Orders.Waits WAITS =
      new Orders.Waits(Duration.ofMillis(REQUEST_TIMEOUT_MS), Duration.ofMillis(GRACE_MS), 1_000);

  static ProductOptions products(int frontEnd, boolean cached, int capacity) {
    return new ProductOptions(
        frontEnd,
        cached,
        capacity,
        Duration.ofMillis(CHECK_MS),
        Duration.ofMillis(SILENCE_MS),
        WAITS);
  }

  static SelectorOptions selector(int frontEnd, List<Integer> replicas, boolean handOver) {
    return SelectorOptions.of(frontEnd, replicas)
        .withHandOver(handOver)
        .with(new HealthChecks(CHECK_MS, MISSED_CHECKS, FRONT_END_TICK_MS))
        .with(new LeaderTimes(40, 180, 160, 500, 300))
        .with(new RefusalTimes(GRACE_MS, REQUEST_TIMEOUT_MS));
  }
}
