package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Finding LOST = new Finding(Finding.Kind.LOST, 3, "1 Tux", "404");

  @Test
  void allWellIsGood() {
    assertEquals(ExitCode.GOOD, new Reports().load(10).verdict(3, 3).report().exitCode());
  }

  @Test
  void wrongOrdersMatterMost() {
    Reports reports = new Reports().checks("failures>0").verdict(3, 2, LOST);
    reports.interrupted = true;

    assertEquals(ExitCode.WRONG_ORDERS, reports.report().exitCode());
  }

  @Test
  void interruptedMattersMoreThanChecksOfHalfALoad() {
    Reports reports = new Reports().checks("failures>0").verdict(3, 2);
    reports.interrupted = true;

    assertEquals(ExitCode.INTERRUPTED, reports.report().exitCode());
  }

  @Test
  void ordersNotLookedUpAreNotGood() {
    assertEquals(
        ExitCode.UNREACHABLE, new Reports().load(1).verdict(3, 2).report().exitCode());
  }

  @Test
  void aLoadOfWhichNothingWasAnsweredIsNotGood() {
    Reports reports = new Reports();
    reports.tally.count(RequestKind.QUERY, Answer.failed(Outcome.CONNECTION, "refused"));

    assertEquals(ExitCode.UNREACHABLE, reports.report().exitCode());
  }

  @Test
  void aFailedCheckIsToldWhenAllElseIsWell() {
    Reports reports = new Reports().load(1).checks("failures==0", "buy.p50<1us");

    assertEquals(ExitCode.CHECK_FAILED, reports.report().exitCode());
  }
}
