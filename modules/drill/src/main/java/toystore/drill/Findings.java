package toystore.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import toystore.history.Excerpt;
import toystore.history.History;
import toystore.history.HistoryChecker;
import toystore.history.HistoryWriter;
import toystore.history.Limits;
import toystore.history.Picture;
import toystore.history.Verdict;
import toystore.operations.OperationFailed;

/** What is wrong with a store, round by round; evidence is kept in files. Owned by one thread. */
final class Findings {
  private final Path out;
  private final String prefix;
  private final List<String> open = new ArrayList<>();

  /** Keeps evidence in that folder, in files that begin so. */
  Findings(Path out, String prefix) {
    this.out = out;
    this.prefix = prefix;
  }

  void add(String finding) {
    open.add(finding);
  }

  void addAll(Collection<String> findings) {
    open.addAll(findings);
  }

  /** All since the last time. */
  List<String> take() {
    List<String> taken = List.copyOf(open);
    open.clear();
    return taken;
  }

  record HistoryResult(Verdict verdict, long tookMs) {}

  /** Decides the history, and keeps it when it is not a good store's, or the round failed. */
  HistoryResult check(int round, History history) {
    long startNs = System.nanoTime();
    HistoryChecker.Report report = HistoryChecker.check(history, Limits.DEFAULT);
    long tookMs = (System.nanoTime() - startNs) / 1_000_000;
    report.violations().forEach(violation -> add(Excerpt.of(violation)));
    if (report.verdict() == Verdict.UNDECIDED) {
      add("history undecided: " + report.undecided());
    }
    if (!open.isEmpty()) {
      keep(round, history, report);
    }
    return new HistoryResult(report.verdict(), tookMs);
  }

  private void keep(int round, History history, HistoryChecker.Report report) {
    Path file = out.resolve(prefix + "-round-" + round + ".history");
    try {
      Files.createDirectories(out);
      HistoryWriter.write(file, history);
      add("history kept: " + file.getFileName());
      if (!report.violations().isEmpty()) {
        Files.writeString(Path.of(file + ".svg"), Picture.of(report.violations()));
      }
    } catch (IOException e) {
      throw new OperationFailed("cannot keep the history in " + file, e);
    }
  }
}
