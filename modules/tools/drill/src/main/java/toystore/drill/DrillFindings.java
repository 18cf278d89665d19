package toystore.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import toystore.drill.DrillFinding.FindingKind;
import toystore.history.Excerpt;
import toystore.history.History;
import toystore.history.HistoryChecker;
import toystore.history.HistoryVerdict;
import toystore.history.HistoryWriter;
import toystore.history.Limits;
import toystore.history.Picture;
import toystore.operations.AuditReport;
import toystore.operations.OperationFailed;

/** What is wrong with a store, round by round; evidence is kept in files. Owned by one thread. */
final class DrillFindings {
  private final Path out;
  private final String prefix;
  private final boolean keepAll;
  private final List<DrillFinding> open = new ArrayList<>();

  /**
   * Keeps evidence in that folder, in files that begin so.
   *
   * @param keepAll the histories of good rounds too
   */
  DrillFindings(Path out, String prefix, boolean keepAll) {
    this.out = out;
    this.prefix = prefix;
    this.keepAll = keepAll;
  }

  void add(DrillFinding.FindingKind kind, String finding) {
    open.add(new DrillFinding(kind, finding));
  }

  void addAll(DrillFinding.FindingKind kind, Collection<String> findings) {
    open.addAll(DrillFinding.all(kind, findings));
  }

  void audit(AuditReport report) {
    switch (report.verdict()) {
      case HOLDS -> {}
      case BROKEN -> add(FindingKind.SAFETY, "audit: " + report);
      case CANNOT_TELL -> add(FindingKind.PROCESS, "audit: " + report);
    }
  }

  /** All since the last time. */
  List<DrillFinding> take() {
    List<DrillFinding> taken = List.copyOf(open);
    open.clear();
    return taken;
  }

  /**
   * What came of a history.
   *
   * @param operations how many it has
   */
  record HistoryResult(HistoryVerdict verdict, long operations, long tookMs) {}

  /** Decides the history, and keeps it when it is not a good store's, or the round failed. */
  HistoryResult check(int round, History history) {
    long startNs = System.nanoTime();
    HistoryChecker.HistoryReport report = HistoryChecker.check(history, Limits.DEFAULT);
    long tookMs = (System.nanoTime() - startNs) / 1_000_000;
    report.violations().forEach(violation -> add(FindingKind.SAFETY, Excerpt.of(violation)));
    if (report.verdict() == HistoryVerdict.UNDECIDED) {
      add(FindingKind.DRILL, "history undecided: " + report.undecided());
    }
    if (!open.isEmpty() || keepAll) {
      keep(round, history, report);
    }
    return new HistoryResult(report.verdict(), history.operations().size(), tookMs);
  }

  private void keep(int round, History history, HistoryChecker.HistoryReport report) {
    Path file = out.resolve(prefix + "-round-" + round + ".history");
    try {
      Files.createDirectories(out);
      HistoryWriter.write(file, history);
      if (!open.isEmpty()) {
        add(open.get(0).kind(), "history kept: " + file.getFileName());
      }
      if (!report.violations().isEmpty()) {
        Files.writeString(Path.of(file + ".svg"), Picture.of(report.violations()));
      }
    } catch (IOException e) {
      throw new OperationFailed("cannot keep the history in " + file, e);
    }
  }
}
