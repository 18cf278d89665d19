package toystore.simulation;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import toystore.simulation.Mutants.Omission;

/** Each rule is needed: without it some seed breaks a promise. */
@Timeout(120)
class MutantTest {
  private static final int SEEDS = Integer.getInteger("toystore.mutantSeeds", 20_000);
  /** What was found: rule, engine, seeds needed, promise broken. */
  private static final Path TABLE = Path.of("target", "mutants.tsv");

  @BeforeAll
  static void emptyTable() throws IOException {
    Files.createDirectories(TABLE.getParent());
    Files.deleteIfExists(TABLE);
  }

  static List<Omission> shownHere() {
    return Mutants.all().stream().filter(Omission::isShownHere).toList();
  }

  @ParameterizedTest
  @MethodSource("shownHere")
  void withoutTheRuleAPromiseBreaks(Omission omission) throws InterruptedException, IOException {
    int cores = Runtime.getRuntime().availableProcessors();

    Campaign.Result result =
        new Campaign(omission.engine(), omission::wiring, 1, SEEDS).run(cores, done -> {});

    assertNotNull(result.found(), () -> "nothing breaks in " + SEEDS + " seeds");
    // Any other failure would be a bug of the mutant, and show nothing.
    assertInstanceOf(Violation.class, result.found().violation());
    Files.writeString(
        TABLE,
        String.join(
            "\t",
            omission.name(),
            omission.engine().toString(),
            Long.toString(result.found().seed()),
            String.valueOf(result.found().violation().getMessage()) + "\n"),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  @Test
  void theRulesAreFoundByTheCommand() {
    assertTrue(
        new Mutants().mutants().stream().anyMatch(each -> each.name().equals("LEASE_CHECK")));
  }
}
