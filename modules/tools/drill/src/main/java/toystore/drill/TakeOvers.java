package toystore.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import toystore.api.Answer;
import toystore.command.Stamp;
import toystore.model.PurchaseRequest;
import toystore.operations.LocalStore;
import toystore.operations.OperationFailed;

/**
 * Measures how long a purchase waits when the leader is lost, and how soon it is refused when too
 * little is up. Owned by one thread.
 */
final class TakeOvers {
  private static final Duration UNTIL_LEVEL = Duration.ofSeconds(30);
  private static final int OK = 200;

  private final DrillOptions options;
  private final Consumer<String> news;
  private int bought;

  TakeOvers(DrillOptions options, Consumer<String> news) {
    this.options = options;
    this.news = news;
  }

  /** One way of losing something, and how long a purchase took then, each time. */
  private record TakeOverRow(String what, int expected, long[] tookMs) {
    String cells() {
      long[] sorted = tookMs.clone();
      Arrays.sort(sorted);
      long median = (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
      return "| " + what + " | " + expected + " | " + median + " | " + sorted[0]
          + " | " + sorted[sorted.length - 1] + " | "
          + Arrays.stream(tookMs).mapToObj(String::valueOf).collect(Collectors.joining(" "))
          + " |";
    }
  }

  Path run(int times, Stamp stamp) {
    DrillOptions bare = options.withFaults(List.of(FaultKind.KILL));
    List<TakeOverRow> rows = new ArrayList<>();
    try (Testbed bed = Testbed.start(bare);
        Crowd crowd = new Crowd(bed.address(), 1, options.seed())) {
      LocalStore store = bed.store();
      rows.add(measure(bed, crowd, times, "leader killed", OK, store::kill, store::start));
      rows.add(measure(bed, crowd, times, "leader paused", OK, store::pause, store::resume));
      rows.add(refusals(bed, crowd, Math.max(1, times / 3)));
    }
    rows.forEach(row -> news.accept(row.cells()));
    return write(rows, stamp);
  }

  private TakeOverRow measure(
      Testbed bed,
      Crowd crowd,
      int times,
      String what,
      int expected,
      Consumer<String> lose,
      Consumer<String> regain) {
    long[] tookMs = new long[times];
    for (int i = 0; i < times; i++) {
      settle(bed, crowd);
      String leader = bed.leader();
      lose.accept(leader);
      tookMs[i] = buy(crowd, expected);
      regain.accept(leader);
    }
    return new TakeOverRow(what, expected, tookMs);
  }

  private TakeOverRow refusals(Testbed bed, Crowd crowd, int times) {
    long[] tookMs = new long[times];
    for (int i = 0; i < times; i++) {
      settle(bed, crowd);
      List<String> lost = List.of(bed.leader(), follower(bed));
      lost.forEach(bed.store()::kill);
      tookMs[i] = buy(crowd, Shopper.UNAVAILABLE);
      lost.forEach(bed.store()::start);
    }
    String lost = options.engine().hasReplicas() ? "two of three replicas" : "both desks";
    return new TakeOverRow(lost + " killed", Shopper.UNAVAILABLE, tookMs);
  }

  private static String follower(Testbed bed) {
    String leader = bed.leader();
    return bed.replicas().stream()
        .filter(name -> !name.equals(leader))
        .findFirst()
        .orElseThrow();
  }

  /** Level, at rest, and served quickly: then the next loss is measured alone. */
  private void settle(Testbed bed, Crowd crowd) {
    bed.store().audit(UNTIL_LEVEL);
    for (int warm = 0; warm < 10; warm++) {
      buy(crowd, OK);
    }
  }

  /** One toy after the other, so that none is sold out. */
  private long buy(Crowd crowd, int expected) {
    String toy = Crowd.toys().get(bought++ % Crowd.toys().size());
    long startNs = System.nanoTime();
    Answer<Long> answer = crowd.buy(new PurchaseRequest(UUID.randomUUID().toString(), toy, 1));
    if (answer.status() != expected) {
      throw new OperationFailed("expected " + expected + ", but got " + answer);
    }
    return (System.nanoTime() - startNs) / 1_000_000;
  }

  private Path write(List<TakeOverRow> rows, Stamp stamp) {
    Path file = options.out().resolve("take-over-" + options.engine() + ".md");
    List<String> lines = new ArrayList<>(List.of("# Losing the leader: " + options.engine(), ""));
    lines.addAll(DrillReport.head(stamp));
    lines.addAll(List.of(
        "",
        "One purchase, sent as soon as the process was gone or stopped, until its answer.",
        "",
        "| lost | answer | median (ms) | least | most | all |",
        "| --- | --- | --- | --- | --- | --- |"));
    rows.forEach(row -> lines.add(row.cells()));
    try {
      Files.createDirectories(options.out());
      Files.write(file, lines);
    } catch (IOException e) {
      throw new OperationFailed("cannot write " + file, e);
    }
    return file;
  }
}
