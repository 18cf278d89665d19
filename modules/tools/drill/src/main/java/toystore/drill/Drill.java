package toystore.drill;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import toystore.command.ExitCode;
import toystore.command.Stamp;
import toystore.model.Order;
import toystore.operations.OperationFailed;

/** A whole drill: a store of its own, and one fault after the other. Owned by one thread. */
final class Drill {
  private static final Duration UNTIL_AT_REST = Duration.ofSeconds(45);
  private static final Duration UNTIL_ALL_LOOKED_UP = Duration.ofSeconds(120);

  private final DrillOptions options;
  private final Stamp stamp;
  private final Consumer<RoundResult> onRound;
  private final DrillFindings findings;
  private final Random chance;

  /**
   * @param stamp of now: the report tells when the drill began
   * @param onRound told of each round when it is over
   */
  Drill(DrillOptions options, Stamp stamp, Consumer<RoundResult> onRound) {
    this.options = options;
    this.stamp = stamp;
    this.onRound = onRound;
    this.findings =
        new DrillFindings(options.out(), "drill-" + options.engine(), options.keepHistory());
    this.chance = new Random(options.seed());
  }

  /**
   * What a drill came to.
   *
   * @param cutsBy what cuts were made by, in words; empty when there were none
   * @param findings what is wrong beyond single rounds
   * @param orders acknowledged in all, each of which was looked up at the end
   */
  record DrillOutcome(
      List<RoundResult> rounds, String cutsBy, List<DrillFinding> findings, long orders) {
    /** What the command exits with when a promise was broken, or could not be seen to be kept. */
    static final int BROKEN = ExitCode.BROKEN.status();

    static final int UNKNOWN = ExitCode.NOT_DONE.status();

    boolean isGood() {
      return findings.isEmpty() && rounds.stream().allMatch(RoundResult::isGood);
    }

    int exitCode() {
      boolean broken = Stream.concat(
              findings.stream(), rounds.stream().flatMap(round -> round.findings().stream()))
          .anyMatch(finding -> finding.kind() != DrillFinding.FindingKind.DRILL);
      return isGood() ? 0 : broken ? BROKEN : UNKNOWN;
    }
  }

  DrillOutcome run() {
    Map<Long, Order> promised = Journal.noPromises();
    List<RoundResult> rounds = new ArrayList<>();
    String cutsBy = "";
    try (Testbed bed = Testbed.start(options);
        Crowd crowd = new Crowd(bed.address(), options.clients(), chance.nextLong())) {
      cutsBy = bed.cutsBy();
      carryOut(bed, crowd, promised, rounds);
    } catch (StoreFailed e) {
      findings.add(DrillFinding.FindingKind.PROCESS, "the drill broke off: " + e.getMessage());
    } catch (OperationFailed e) {
      findings.add(DrillFinding.FindingKind.DRILL, "the drill broke off: " + e.getMessage());
    } catch (RuntimeException e) {
      findings.add(
          DrillFinding.FindingKind.DRILL,
          "the drill broke off: " + e + " at " + List.of(e.getStackTrace()));
    }
    return new DrillOutcome(rounds, cutsBy, findings.take(), promised.size());
  }

  /** Writes the report, and says where. */
  Path write(DrillOutcome outcome) {
    return new DrillReport(options, stamp).write(outcome);
  }

  private void carryOut(
      Testbed bed, Crowd crowd, Map<Long, Order> promised, List<RoundResult> rounds) {
    boolean isComplete = false;
    try {
      FaultChoice faults = new FaultChoice(
          bed,
          chance,
          options.faults().contains(FaultKind.CRASH_POINT)
              ? CrashPoints.in(options.lib().orElseThrow())
              : List.of());
      ServiceWatch watch = new ServiceWatch(bed.store());
      for (int number = 1; number <= options.rounds(); number++) {
        Round round =
            new Round(number, bed, watch, crowd, promised, options.duration(), chance, findings);
        RoundResult result = round.run(faults, kind(number));
        rounds.add(result);
        onRound.accept(result);
      }
      bed.restartAll();
      findings.audit(bed.store().audit(UNTIL_AT_REST));
      findings.addAll(
          DrillFinding.FindingKind.SAFETY, OrderFiles.differences(bed.store(), promised));
      findings.addAll(
          DrillFinding.FindingKind.SAFETY, crowd.lookUp(promised.values(), UNTIL_ALL_LOOKED_UP));
      findings.addAll(DrillFinding.FindingKind.PROCESS, watch.errors(Optional.empty()));
      isComplete = true;
    } finally {
      if (!isComplete) {
        findings.add(DrillFinding.FindingKind.DRILL, "logs of the store: " + bed.keepLogs());
      }
    }
  }

  /** All kinds come equally often, and in an order that changes. */
  private FaultKind kind(int number) {
    List<FaultKind> kinds = options.faults();
    int lap = (number - 1) / kinds.size();
    return kinds.get((number - 1 + lap) % kinds.size());
  }
}
