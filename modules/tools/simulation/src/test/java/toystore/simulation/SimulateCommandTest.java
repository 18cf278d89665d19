package toystore.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(60)
class SimulateCommandTest {
  private final StringWriter out = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new SimulateCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(new StringWriter()))
        .execute(arguments);
  }

  @Test
  void keptPromisesEndWithZero() {
    int status = run("--seeds", "20", "--engine", "raft", "--threads", "2");

    assertEquals(0, status);
    assertTrue(out.toString().contains("schedules=20"), out::toString);
    assertTrue(out.toString().contains("violations=0"), out::toString);
  }

  @Test
  void aBrokenPromiseNamesItsSeedAndTheCommandThatReplaysIt() {
    int status = run("--seeds", "2000", "--mutant", "WAIT_FOR_ACKNOWLEDGEMENTS");

    assertEquals(1, status);
    String replay = out.toString()
        .lines()
        .filter(line -> line.startsWith("replay: "))
        .findFirst()
        .orElseThrow();
    String options = replay.replace("replay: bin/toystore drill --simulate ", "");
    out.getBuffer().setLength(0);
    assertEquals(1, run(options.split(" ")));
    assertTrue(out.toString().contains("catalog      starts"), out::toString);
    assertTrue(out.toString().contains("was known before the question"), out::toString);
  }

  @Test
  void wrongUsageEndsWithTwo() {
    assertEquals(2, run("--engine", "paxos"));
    assertEquals(2, run("--seeds", "0"));
    assertEquals(2, run("--mutant", "NOTHING_OF_THE_KIND"));
  }
}
