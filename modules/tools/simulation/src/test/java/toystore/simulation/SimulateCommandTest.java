package toystore.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import toystore.mutation.Mutant;
import toystore.mutation.MutantCompiler;

class SimulateCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new SimulateCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
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
  void desksAreSimulatedByTheirOwnTests() {
    assertEquals(2, run("--engine", "postgres"));
    assertTrue(err.toString().contains("desks of postgres are simulated"), err::toString);
  }

  /** The command among the classes of a mutant: its exit status, then what it said. */
  static final class Among implements Function<List<String>, List<String>> {
    @Override
    public List<String> apply(List<String> arguments) {
      SimulateCommandTest command = new SimulateCommandTest();
      int status = command.run(arguments.toArray(String[]::new));
      return List.of(Integer.toString(status), command.out.toString());
    }
  }

  @Test
  void aBrokenPromiseNamesItsSeedAndTheCommandThatReplaysIt() {
    Mutant mutant = Mutant.of("WAIT_FOR_ACKNOWLEDGEMENTS", "is read, though")
        .replace("stock/ToyStock", "!copies.isEmpty()", "false");
    try (MutantCompiler compiler = new MutantCompiler()) {
      Function<List<String>, List<String>> simulate = compiler.make(mutant, Among.class);

      List<String> campaign = simulate.apply(List.of("--seeds", "2000"));

      assertEquals("1", campaign.get(0));
      String replay = campaign
          .get(1)
          .lines()
          .filter(line -> line.startsWith("replay: "))
          .findFirst()
          .orElseThrow();
      String options = replay.replace("replay: bin/toystore simulate ", "");
      List<String> replayed = simulate.apply(List.of(options.split(" ")));
      assertEquals("1", replayed.get(0));
      assertTrue(replayed.get(1).contains("catalog      starts"), replayed::toString);
      assertTrue(replayed.get(1).contains("is read, though version"), replayed::toString);
    }
  }

  @Test
  void wrongUsageEndsWithTwo() {
    assertEquals(2, run("--engine", "paxos"));
    assertEquals(2, run("--seeds", "0"));
  }
}
