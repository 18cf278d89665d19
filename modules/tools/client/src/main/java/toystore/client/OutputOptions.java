package toystore.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import toystore.chart.ChartFiles;
import toystore.command.OptionValues;

/** Where the report goes. */
final class OutputOptions {
  private static final String STDOUT = "-";

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--json",
      arity = "0..1",
      paramLabel = "FILE",
      fallbackValue = STDOUT,
      description =
          "Write all figures as JSON, units in the names; without FILE to standard output, instead"
              + " of the table.")
  private String json;

  @Option(
      names = "--hdr",
      paramLabel = "FILE",
      description =
          "Write an HdrHistogram log: one histogram a second, tagged query, buy, refusal, order,"
              + " iteration.")
  private Path hdr;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "Write a page with plots: latency by percentile and over time. It needs no net.")
  private Path html;

  @Option(
      names = {"-q", "--quiet"},
      description = "No table and no progress: only what is wrong.")
  private boolean quiet;

  /** Fails early: a minute's load is too dear to end in a misspelt folder. */
  void check() {
    if (json != null && !json.equals(STDOUT)) {
      checkWritable("--json", Path.of(json));
    }
    if (hdr != null) {
      checkWritable("--hdr", hdr);
    }
    if (html != null) {
      checkWritable("--html", html);
      ChartFiles.requireFonts();
    }
  }

  boolean isQuiet() {
    return quiet;
  }

  /**
   * Writes the report wherever it was asked for.
   *
   * @throws IOException if a file could not be written
   */
  void write(Report report, PrintWriter out) throws IOException {
    if (STDOUT.equals(json)) {
      out.print(JsonReport.render(report));
    } else if (quiet) {
      out.print(TextReport.renderProblems(report));
    } else {
      out.print(TextReport.render(report));
    }
    out.flush();
    if (json != null && !json.equals(STDOUT)) {
      Files.writeString(Path.of(json), JsonReport.render(report), StandardCharsets.UTF_8);
    }
    if (hdr != null) {
      Files.writeString(hdr, HdrLog.render(report), StandardCharsets.UTF_8);
    }
    if (html != null) {
      Files.writeString(html, HtmlReport.render(report), StandardCharsets.UTF_8);
    }
  }

  private void checkWritable(String option, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    boolean writable = Files.exists(file)
        ? Files.isRegularFile(file) && Files.isWritable(file)
        : Files.isDirectory(folder) && Files.isWritable(folder);
    // /dev/stdout and the like are fine.
    if (!writable && !file.startsWith("/dev")) {
      throw new OptionValues(command)
          .wrong(option + ": cannot write " + file + " (does its folder exist?)");
    }
  }
}
