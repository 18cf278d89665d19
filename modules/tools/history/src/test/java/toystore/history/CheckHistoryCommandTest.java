package toystore.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import toystore.history.StoreSimulation.Fault;
import toystore.history.StoreSimulation.Setting;

class CheckHistoryCommandTest {
  private static final Map<String, ToyStart> TOYS = Map.of("Tux", new ToyStart("Tux", 10, 10));
  private static final List<Operation> GOOD = List.of(Operations.query(1, "Tux", 10, 0, 10));
  private static final List<Operation> BAD = List.of(Operations.query(1, "Tux", 9, 0, 10));

  @TempDir
  private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void linearizableHistoryExitsWithZero() throws IOException {
    assertEquals(0, run(file(new History(0, TOYS, GOOD, true))));

    assertTrue(out.toString().startsWith("LINEARIZABLE (1 operations on 1 toys"), out.toString());
  }

  @Test
  void violationExitsWithOneAndIsDrawn() throws IOException {
    Path file = file(new History(0, TOYS, BAD, true));

    assertEquals(1, run(file));

    assertTrue(out.toString().contains("the stock could only be 10"), out.toString());
    assertTrue(Files.readString(Path.of(file + ".svg")).contains("</svg>"));
  }

  @Test
  void violationWhosePictureCannotBeWrittenIsStillAViolation() throws IOException {
    Path file = file(new History(0, TOYS, BAD, true));

    assertEquals(1, run(file, "--svg", folder.resolve("none/picture.svg").toString()));

    assertTrue(err.toString().contains("cannot be written"), err.toString());
  }

  @Test
  void aFileThatCannotBeReadIsNotWrongUsage() throws IOException {
    Path nonsense = Files.writeString(folder.resolve("nonsense"), "nonsense");

    assertEquals(4, run(nonsense));
    assertEquals(4, run(Files.write(nonsense, new byte[] {(byte) 0xff, '\n'})));
    assertEquals(4, run(folder.resolve("none")));
    assertEquals(4, run(folder));
    assertEquals(2, run(nonsense, "--steps", "0"));
    assertEquals(2, run(nonsense, "--surprise"));
  }

  @Test
  void limitsTooLowAndBrokenRecordingExitWithThree() throws IOException {
    History busy = StoreSimulation.run(1, new Setting(16, 2_000, 1, 100, 5, 0), Fault.NONE);

    assertEquals(3, run(file(busy), "--steps", "10"));
    assertEquals(3, run(file(new History(0, TOYS, BAD, false))));
  }

  private Path file(History history) throws IOException {
    Path file = folder.resolve("history.jsonl");
    HistoryWriter.write(file, history);
    return file;
  }

  private int run(Path file, String... options) {
    CommandLine command = new CommandLine(new CheckHistoryCommand());
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    String[] arguments = new String[options.length + 1];
    arguments[0] = file.toString();
    System.arraycopy(options, 0, arguments, 1, options.length);
    return command.execute(arguments);
  }
}
