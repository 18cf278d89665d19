package toystore.evaluation;

import java.util.List;
import java.util.Locale;

/**
 * One crash under load, as clients saw it. Pure data.
 *
 * @param round from 1
 * @param replica that was killed
 * @param led whether it led at that moment
 * @param killedAt seconds since the load began
 * @param backAt when the command that brought it back had ended
 * @param seconds what clients saw, second by second
 * @param requests that were answered as they should
 * @param failures requests that were not
 * @param orders acknowledged, and each looked up
 * @param wrongOrders of these, lost, wrong or doubled; or not to be looked up
 * @param isBroken whether an order was seen to be lost, wrong or doubled
 * @param verdict the whole in words
 */
record CrashRound(
    int round,
    String replica,
    boolean led,
    double killedAt,
    double backAt,
    List<LatencySecond> seconds,
    long requests,
    long failures,
    long orders,
    long wrongOrders,
    boolean isBroken,
    String verdict) {
  static final String HEAD =
      "round,replica,led,killed_at_s,back_at_s,second,request,count,p50_ms,max_ms";

  CrashRound {
    seconds = List.copyOf(seconds);
  }

  /**
   * One kind of request in one second in which there were answers.
   *
   * @param request as in checks and JSON
   */
  record LatencySecond(int second, String request, long count, double medianMs, double maxMs) {}

  /** The slowest answer, which is what a crash costs a client; not a number if there was none. */
  double slowestMs() {
    return seconds.stream().mapToDouble(LatencySecond::maxMs).max().orElse(Double.NaN);
  }

  boolean isGood() {
    return failures == 0 && wrongOrders == 0;
  }

  /** Its lines of a CSV. */
  List<String> lines() {
    return seconds.stream()
        .map(second -> String.format(
            Locale.ROOT,
            "%d,%s,%s,%.2f,%.2f,%d,%s,%d,%.3f,%.3f",
            round,
            replica,
            led ? "yes" : "no",
            killedAt,
            backAt,
            second.second(),
            second.request(),
            second.count(),
            second.medianMs(),
            second.maxMs()))
        .toList();
  }
}
