package toystore.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static final String CLEAR = "\r\u001b[K";

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream before = new PrintStream(written, true, StandardCharsets.UTF_8);

  @Test
  void onATerminalTheLineIsOverwritten() {
    ProgressLine line = line(true);

    line.show();
    line.show();
    line.close();

    assertEquals("\rhalf\u001b[K\rhalf\u001b[K" + CLEAR, text());
  }

  @Test
  void whatElseIsWrittenStandsAboveIt() {
    ProgressLine line = line(true);
    PrintStream log = new PrintStream(line.above(), true, StandardCharsets.UTF_8);

    line.show();
    log.print("WARN blocked\n\tat a.b\n");
    line.show();

    assertEquals("\rhalf\u001b[K" + CLEAR + "WARN blocked\n\tat a.b\n\rhalf\u001b[K", text());
  }

  @Test
  void aLineThatIsHalfWrittenIsNotInterrupted() {
    ProgressLine line = line(true);
    PrintStream log = new PrintStream(line.above(), true, StandardCharsets.UTF_8);

    log.print("WARN ");
    line.show();
    log.print("blocked\n");

    assertEquals("WARN blocked\n", text());
  }

  @Test
  void elsewhereItIsALineEach() {
    ProgressLine line = line(false);

    line.show();
    line.remark("step 1 done");
    line.show();
    line.close();

    assertEquals("half\nstep 1 done\nhalf\n", text());
  }

  @Test
  void closedItShowsNothingMore() {
    ProgressLine line = line(false);

    line.close();
    line.show();

    assertEquals("", text());
  }

  private ProgressLine line(boolean terminal) {
    return new ProgressLine(before, terminal, () -> "half");
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
