package toystore.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

class CommandStyleTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Work work = new Work();

  @Test
  void aWrongValueShowsItselfAndItsOptionOnly() {
    assertEquals(2, run("--times", "many"));
    assertEquals(
        """
        --times: 'many' is not a whole number
              --times=N       How often.
        work --help says more.
        """,
        err.toString());
  }

  @Test
  void soDoesAValueThatTheCommandRefuses() {
    assertEquals(2, run("--times", "0"));
    assertTrue(err.toString().startsWith("--times: '0' is not from 1 to 9\n"), err::toString);
    assertEquals(3, err.toString().lines().count(), err::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.0", "0x1", "99999999999999999999", " 1", "١"})
  void whatIsNoWholeNumberIsWrongUsage(String value) {
    assertEquals(2, run("--times=" + value), err::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NaN", "Infinity", "1f", "0x1p3", "1,5", "half"})
  void whatIsNoNumberIsWrongUsage(String value) {
    assertEquals(2, run("--part=" + value), err::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b"})
  void whatIsNoPathIsWrongUsage(String value) {
    assertEquals(2, run("--file=" + value), err::toString);
    assertTrue(err.toString().startsWith("--file: "), err::toString);
  }

  @Test
  void anUnknownOptionOrWordIsNamed() {
    assertEquals(2, run("--time", "1"));
    assertTrue(
        err.toString().startsWith("'--time' is no option of work; did you mean --times?\n"),
        err::toString);
    assertEquals(2, run("hard"));
    assertTrue(err.toString().contains("'hard' is one word too many of work\n"), err::toString);
  }

  @Test
  void aForeseenFailureIsOneLineAndEndsAsTheCommandSays() {
    work.failure = new CommandFailed("the disk is full", null);
    assertEquals(1, run());
    assertEquals("toystore: the disk is full\n", err.toString());

    work.failure = new CommandFailed(ExitCode.NOT_DONE, "nobody answers");
    assertEquals(4, run());
  }

  @Test
  void aFileThatMayNotBeReadIsNoBug() {
    work.failure = new AccessDeniedException("/root/x");

    assertEquals(1, run());
    assertEquals("toystore: /root/x: permission denied\n", err.toString());
  }

  @Test
  void aBugShowsWhereItIs() {
    work.failure = new IllegalStateException("impossible");

    assertEquals(70, run());
    assertTrue(err.toString().contains("\tat toystore.command.CommandStyleTest"), err::toString);
  }

  @Test
  void helpListsTheExitCodesOfAllAndTheCommandsOwnWords() {
    assertEquals(0, run("--help"));
    assertTrue(
        out.toString()
            .contains(
                """
                Exit codes:
                  0     done, and nothing is wrong
                  1     work is unfinished
                  2     wrong usage
                  70    a bug in the command itself; it shows where
                """),
        out::toString);
  }

  @Test
  void resultsThatCannotBeWrittenAreAFailure() {
    assertEquals(4, process("No space left on device"));
    assertEquals(
        "toystore: the results could not be written: No space left on device\n", err.toString());
  }

  @Test
  void aReaderThatHasSeenEnoughIsNone() {
    assertEquals(0, process("Broken pipe"));
    assertEquals("", err.toString());
  }

  private int process(String failure) {
    OutputStream broken = new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        throw new IOException(failure);
      }
    };
    OutputStream remarks = new OutputStream() {
      @Override
      public void write(int one) {
        err.write(one);
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        err.write(new String(bytes, from, length, StandardCharsets.UTF_8));
      }
    };
    return CommandProcess.run(
        CommandStyle.of(new CommandLine(work)), new Results(broken), remarks, "--help");
  }

  private int run(String... words) {
    return CommandStyle.of(new CommandLine(work))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words);
  }

  @Command(
      name = "work",
      exitCodeList = {"1:work is unfinished"})
  private static final class Work implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
        names = {"-h", "--help"},
        usageHelp = true)
    private boolean help;

    @Option(names = "--times", paramLabel = "N", description = "How often.")
    private int times = 1;

    @Option(names = "--part")
    private double part;

    @Option(names = "--file")
    private Path file;

    private Exception failure;

    @Override
    public Integer call() throws Exception {
      new OptionValues(spec).range("--times", times, 1, 9);
      if (failure != null) {
        throw failure;
      }
      return 0;
    }
  }
}
