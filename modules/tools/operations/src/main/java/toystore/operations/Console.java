package toystore.operations;

import java.io.PrintWriter;
import picocli.CommandLine;

/** Where commands write: results to one stream, all else to the other. Nothing else writes. */
public final class Console {
  private final PrintWriter results;
  private final PrintWriter remarks;

  public Console(CommandLine commandLine) {
    results = commandLine.getOut();
    remarks = commandLine.getErr();
  }

  /** A line of the result. */
  public void line(String line) {
    results.println(line);
  }

  public void table(Table table) {
    table.lines().forEach(this::line);
  }

  /** Part of the result, as it is. */
  public void text(String text) {
    results.print(text);
    results.flush();
  }

  /** What is being done, or went wrong: not part of the result. */
  public void remark(String line) {
    remarks.println(line);
  }

  /** Whether nobody reads the results any more. */
  boolean isClosed() {
    return results.checkError();
  }
}
