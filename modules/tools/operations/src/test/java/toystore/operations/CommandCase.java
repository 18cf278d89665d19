package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import picocli.CommandLine;

/** Commands of bin/toystore on a checkout of fakes: what each says, and its exit status. */
abstract class CommandCase extends StoreCase {
  private static final String CHECKOUT = "toystore.checkout";

  private String checkoutBefore;

  @BeforeEach
  void useCheckout() {
    checkoutBefore = System.getProperty(CHECKOUT);
    System.setProperty(CHECKOUT, home.toString());
  }

  @AfterEach
  void useCheckoutOfBefore() {
    if (checkoutBefore == null) {
      System.clearProperty(CHECKOUT);
    } else {
      System.setProperty(CHECKOUT, checkoutBefore);
    }
  }

  /**
   * A line of a table: a command, and what is to come of it.
   *
   * @param words of the command, with blanks between them
   * @param status its exit status
   * @param says part of what it says, by whatever stream; HOME stands for the checkout,
   *     a blank for several
   */
  record Row(String words, int status, String says) {}

  static Row row(String words, int status, String says) {
    return new Row(words, status, says);
  }

  /** All rows, in this order. */
  final void check(Row... rows) {
    for (Row row : rows) {
      check(row);
    }
  }

  private void check(Row row) {
    String output = run(row.status(), row.words().split(" "));
    String wanted = row.says().replace("HOME", home.toString());
    assertTrue(
        output.replaceAll(" +", " ").contains(wanted),
        () -> row.words() + " should say: " + wanted + "\nand said: " + output);
  }

  /** What the command says; it must end with that status. */
  final String run(int status, String... words) {
    List<String> line = new ArrayList<>(Arrays.asList(words));
    if (!line.contains("--data")) {
      line.addAll(List.of("--data", home.resolve("data").toString()));
    }
    line.replaceAll(word -> word.replace("HOME", home.toString()));
    StringWriter output = new StringWriter();
    CommandLine commandLine = StoreCommandLine.make();
    PrintWriter writer = new PrintWriter(output, true);
    int ended = commandLine.setOut(writer).setErr(writer).execute(line.toArray(String[]::new));
    assertEquals(status, ended, () -> String.join(" ", words) + " said: " + output);
    return output.toString();
  }

  final Path data() {
    return home.resolve("data");
  }
}
