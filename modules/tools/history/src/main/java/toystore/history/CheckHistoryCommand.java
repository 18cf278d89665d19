package toystore.history;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import toystore.command.ExitCode;
import toystore.command.OptionValues;

/** {@code bin/toystore check-history FILE}. */
@Command(
    name = "check-history",
    description = "Decide whether a correct store could have shown a recorded history.",
    exitCodeList = {
      "0:linearizable",
      "1:a promise was broken: shown as text, and as a picture beside the file",
      "3:undecided: the limits were too low, or the recording broke off",
      "4:there is no such file, it cannot be read, or it is not a history"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/toystore drill --rounds 1 --keep-history",
      "  bin/toystore check-history test-output/drill-primary-backup-round-1.history"
    })
public final class CheckHistoryCommand implements Callable<Integer> {
  private static final long MAX_STEPS = Long.MAX_VALUE;

  @Spec
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "The recorded history (JSON lines).")
  private Path file;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Give up on a toy after so many steps. Default: ${DEFAULT-VALUE}.")
  private long steps = Limits.DEFAULT.stepsPerToy();

  @Option(
      names = "--svg",
      paramLabel = "PICTURE",
      description = "Where to draw a violation. Default: FILE.svg.")
  private Path picture;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  /** For picocli. */
  public CheckHistoryCommand() {}

  @Override
  public Integer call() {
    new OptionValues(spec).range("--steps", steps, 1, MAX_STEPS);
    History history;
    try {
      history = HistoryFile.read(file);
    } catch (NoSuchFileException e) {
      return unreadable(file + ": no such file");
    } catch (MalformedInputException e) {
      return unreadable(file + ": not UTF-8 text");
    } catch (IOException e) {
      return unreadable(e.getMessage());
    }
    HistoryChecker.HistoryReport report =
        HistoryChecker.check(history, new Limits(steps, Limits.DEFAULT.width()));
    PrintWriter out = spec.commandLine().getOut();
    report.violations().forEach(violation -> out.println(Excerpt.of(violation)));
    out.println(inWords(report, history.complete()));
    out.flush();
    if (!report.violations().isEmpty()) {
      draw(report);
    }
    return switch (report.verdict()) {
      case LINEARIZABLE -> ExitCode.GOOD.status();
      case VIOLATION -> ExitCode.BROKEN.status();
      case UNDECIDED -> ExitCode.NOT_GOOD.status();
    };
  }

  private static String inWords(HistoryChecker.HistoryReport report, boolean complete) {
    String counts =
        report.operations() + " operations on " + report.toys() + " toys, " + report.steps();
    String reason = report.verdict() != HistoryVerdict.UNDECIDED
        ? ""
        : report.undecided().isEmpty()
            ? "; the recording broke off, so a missing purchase may explain it"
            : "; more --steps may decide " + String.join(", ", report.undecided());
    return report.verdict()
        + " ("
        + counts
        + " steps"
        + reason
        + ")"
        + (complete ? "" : "\nThe recording broke off: its end line is missing.");
  }

  private void draw(HistoryChecker.HistoryReport report) {
    Path target = picture == null ? Path.of(file + ".svg") : picture;
    try {
      Files.writeString(target, Picture.of(report.violations()));
    } catch (IOException e) {
      complain(target + ": the picture cannot be written: " + e.getMessage());
      return;
    }
    spec.commandLine().getOut().println("picture: " + target);
    spec.commandLine().getOut().flush();
  }

  private int unreadable(String message) {
    complain(message);
    return ExitCode.NOT_DONE.status();
  }

  private void complain(String message) {
    spec.commandLine().getErr().println("toystore: " + message);
    spec.commandLine().getErr().flush();
  }
}
