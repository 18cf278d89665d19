package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import toystore.api.Answer;
import toystore.api.Outcome;
import toystore.command.ExitCode;

class ReportTest {
  private static final BadOrder LOST = new BadOrder(BadOrder.OrderFlaw.LOST, 3, "1 Tux", "404");

  @Test
  void allWellIsGood() {
    assertEquals(ExitCode.GOOD, new Reports().load(10).verdict(3, 3).report().exitCode());
  }

  @Test
  void wrongOrdersMatterMost() {
    Reports reports = new Reports().checks("failures>0").verdict(3, 2, LOST);
    reports.interrupted = true;

    assertEquals(ExitCode.BROKEN, reports.report().exitCode());
  }

  @Test
  void interruptedMattersMoreThanChecksOfHalfALoad() {
    Reports reports = new Reports().checks("failures>0").verdict(3, 2);
    reports.interrupted = true;

    assertEquals(ExitCode.INTERRUPTED, reports.report().exitCode());
  }

  @Test
  void ordersNotLookedUpAreNotGood() {
    assertEquals(ExitCode.NOT_DONE, new Reports().load(1).verdict(3, 2).report().exitCode());
  }

  @Test
  void aLoadOfWhichNothingWasAnsweredIsNotGood() {
    Reports reports = new Reports();
    reports.tally.count(RequestKind.QUERY, Answer.failed(Outcome.CONNECTION, "refused"));

    assertEquals(ExitCode.NOT_DONE, reports.report().exitCode());
  }

  @Test
  void aStoreThatAnswersQueriesButNoPurchaseIsNotGood() {
    Reports reports = new Reports();
    count(reports, 10, RequestKind.QUERY_HIT, Answer.ok(1));
    count(reports, 3, RequestKind.BUY, Answer.failed(Outcome.UNAVAILABLE, "503"));

    assertEquals(ExitCode.NOT_DONE, reports.report().exitCode());
    assertEquals(
        "NOT GOOD: no purchase succeeded (3 unavailable (503))", VerdictLine.of(reports.report()));
  }

  @Test
  void refusedPurchasesAreServed() {
    Reports reports = new Reports();
    count(reports, 3, RequestKind.BUY, Answer.failed(Outcome.REFUSED, "409"));

    assertEquals("good", VerdictLine.of(reports.report()));
  }

  @Test
  void failedRequestsAreNeverCalledGood() {
    Reports reports = new Reports().load(10).verdict(3, 3);
    count(reports, 1200, RequestKind.BUY, Answer.failed(Outcome.UNAVAILABLE, "503"));
    Report report = reports.report();

    assertEquals(ExitCode.GOOD, report.exitCode(), "no promise was broken");
    String line = "FAILURES: 1,200 of 1,600 requests failed (1,200 unavailable (503));"
        + " no order is lost or wrong\n";
    assertTrue(TextReport.render(report).endsWith(line), TextReport.render(report));
    assertEquals(line, TextReport.renderProblems(report));
    assertFalse(JsonReport.render(report).contains("good"));
    assertTrue(HtmlReport.render(report).contains("<p class='verdict bad'>FAILURES: 1,200 of"));
  }

  @Test
  void aFailedCheckIsToldWhenAllElseIsWell() {
    Reports reports = new Reports().load(1).checks("failures==0", "buy.p50<1us");

    assertEquals(ExitCode.NOT_GOOD, reports.report().exitCode());
  }

  private static void count(Reports reports, int times, RequestKind kind, Answer<?> answer) {
    for (int i = 0; i < times; i++) {
      reports.tally.count(kind, answer);
    }
  }
}
