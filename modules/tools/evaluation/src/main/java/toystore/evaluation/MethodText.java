package toystore.evaluation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import toystore.command.Durations;
import toystore.command.Stamp;

/** How an evaluation was made, as Markdown for a person. Pure. */
final class MethodText {
  private MethodText() {}

  static String render(EvaluationPlan plan, Stamp stamp, EvaluationOutcome outcome) {
    List<String> lines = new ArrayList<>(List.of("## How it was measured", ""));
    boolean remote = stamp.elsewhere() != null;
    lines.add(line(
        "- %s, warmed up by many clients for %s each; then %d repetitions. While one is loaded, the"
            + " other is idle.",
        remote
            ? "Stores that run elsewhere, one that caches and, if it was given, one that does not"
            : "Two new stores on this machine, one that caches and one that does not",
        seconds(plan.storeWarmUp()),
        plan.repetitions()));
    lines.add(line(
        "- A run: %d clients for %s (after %s that do not count), each one request at a time: it"
            + " queries a random toy and buys it with probability p. Then each client looks its"
            + " orders up; that is where order queries come from, so they meet no other load.",
        plan.clients(), seconds(plan.load()), seconds(plan.warmUp())));
    lines.add(
        "- The two runs of a pair follow each other and ask for the same toys. Which comes first"
            + " alternates.");
    lines.add(
        remote
            ? "- The clients ran on the machine above. The way to the store is in every latency; it"
                + " was timed by opening connections of TCP."
            : line(
                "- The clients share the machine with the stores, and a closed loop sends less"
                    + " when the store is slower: latencies compare the two stores, they do not"
                    + " tell what a remote user would feel. Each toy has %,d units, so that every"
                    + " purchase finds some.",
                EvaluationPlan.STOCK));
    if (!outcome.crashes().isEmpty()) {
      lines.add(line(
          "- A crash: %d clients for %s, p = 0.5; after a third of it a replica is killed by the"
              + " user's command, after another third it is started again. The first is the one"
              + " that leads; of the others chance decides.",
          plan.clients(), seconds(plan.crashLoad())));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String line(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  private static String seconds(Duration duration) {
    return Durations.text(duration);
  }
}
