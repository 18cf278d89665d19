package toystore.command;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;

/**
 * A process that carries out one command: results on standard output, all else on standard error.
 */
public final class CommandProcess {
  private CommandProcess() {}

  /** Carries it out; what to end the process with. */
  public static int run(CommandLine command, String... words) {
    return run(command, Results.ofProcess(), new StandardError(), words);
  }

  static int run(CommandLine command, Results results, OutputStream remarks, String... words) {
    PrintWriter out = new PrintWriter(new OutputStreamWriter(results, Charset.defaultCharset()));
    PrintWriter err =
        new PrintWriter(new OutputStreamWriter(remarks, Charset.defaultCharset()), true);
    command.setOut(out).setErr(err);
    int status = command.execute(words);
    out.flush();
    if (results.loss() != null) {
      err.println(
          "toystore: the results could not be written: " + results.loss().getMessage());
      return status == ExitCode.GOOD.status() ? ExitCode.NOT_DONE.status() : status;
    }
    return status;
  }

  /** Whatever standard error is at the moment: a progress line may stand in front of it. */
  private static final class StandardError extends OutputStream {
    @Override
    public void write(int one) {
      System.err.write(one);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      System.err.write(bytes, from, length);
    }

    @Override
    public void flush() {
      System.err.flush();
    }
  }
}
