package toystore.drill;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import toystore.drill.DrillFinding.FindingKind;
import toystore.history.ToyStart;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.operations.Programs;
import toystore.operations.TimeLimit;

/**
 * One round with a store that runs elsewhere: clients run, a service is broken and healed by the
 * user's command, and then all is checked that can be seen from outside. Owned by one thread.
 */
final class ElsewhereRound {
  /** Connections that a cut has silenced try again only after a while. */
  private static final Duration AFTER_EFFECT = Duration.ofSeconds(5);

  private static final Duration UNTIL_KNOWN = Duration.ofSeconds(40);
  private static final Duration UNTIL_LOOKED_UP = Duration.ofSeconds(120);
  private static final Duration UNTIL_AUDITED = Duration.ofSeconds(150);
  private static final Duration UNTIL_SERVING = Duration.ofSeconds(40);
  private static final String SPARE_TOY = "Lego";

  private final ElsewherePlan plan;
  private final Crowd crowd;
  private final Map<Long, Order> promised;
  private final Duration duration;
  private final Random chance;
  private final DrillFindings findings;

  ElsewhereRound(
      ElsewherePlan plan,
      Crowd crowd,
      Map<Long, Order> promised,
      Duration duration,
      Random chance,
      DrillFindings findings) {
    this.plan = plan;
    this.crowd = crowd;
    this.promised = promised;
    this.duration = duration;
    this.chance = chance;
    this.findings = findings;
  }

  RoundResult run(int number, RemoteFault fault) {
    long ordersBefore = ordersSoFar();
    Map<String, ToyStart> starts = ObservedRound.starts(crowd, plan.restocksTo());
    Journal journal = new Journal(promised, chance.nextLong(), System::nanoTime);
    ObservedRound seen = new ObservedRound(crowd, starts, ordersBefore, journal, findings);
    seen.start();
    RoundTimes times = disturb(fault, journal);
    seen.stop(UNTIL_KNOWN);
    int failed = seen.checkAnswers(failure -> fault.excuse(failure.frontEnd()), times);
    findings.addAll(FindingKind.SAFETY, crowd.lookUp(promised.values(), UNTIL_LOOKED_UP));
    return seen.conclude(number, fault.toString(), times, failed, audit());
  }

  /** An order more says how many there were: the next number is the number of all before it. */
  private long ordersSoFar() {
    PurchaseRequest spare =
        new PurchaseRequest("drill-" + Long.toHexString(chance.nextLong()), SPARE_TOY, 1);
    if (!TimeLimit.await(UNTIL_SERVING, () -> crowd.buy(spare).isOk())) {
      throw new StoreFailed("the store at rest sells no " + SPARE_TOY);
    }
    return crowd.buy(spare).value() + 1; // The same key has the same number.
  }

  private RoundTimes disturb(RemoteFault fault, Journal journal) {
    long startNs = System.nanoTime();
    TimeLimit.sleepUntil(startNs + duration.toNanos() / 4);
    long injectedNs = System.nanoTime();
    journal.disturbed();
    plan.by().run(fault.action(), fault.service());
    try {
      TimeLimit.sleepUntil(injectedNs + duration.toNanos());
    } finally {
      plan.by().run(fault.action().undo(), fault.service());
    }
    long healedNs = System.nanoTime();
    TimeLimit.sleepUntil(healedNs + AFTER_EFFECT.toNanos());
    return new RoundTimes(startNs, injectedNs, healedNs, AFTER_EFFECT);
  }

  private String audit() {
    if (plan.audit().isEmpty()) {
      return "none";
    }
    List<String> words = List.of("sh", "-c", plan.audit().get());
    return Programs.failure(words, "", UNTIL_AUDITED)
        .map(failure -> {
          findings.add(FindingKind.SAFETY, "audit: " + failure);
          return "failed";
        })
        .orElse("holds");
  }
}
