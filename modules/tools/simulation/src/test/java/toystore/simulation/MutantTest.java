package toystore.simulation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import toystore.simulation.Mutants.Omission;

/** Each rule is needed: without it some seed breaks a promise. */
// A rule that chance seldom needs takes ten thousand seeds: on a busy machine, minutes.
@Timeout(600)
class MutantTest {
  private static final int DEEPEST = 16;
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

  static Set<Map.Entry<String, String>> shownElsewhere() {
    return Mutants.SHOWN_ELSEWHERE.entrySet();
  }

  private static Path testSource(String inPackage, String test) throws IOException {
    Path end = Path.of("src", "test", "java", "toystore", inPackage, test + ".java");
    try (Stream<Path> files =
        Files.find(Path.of("..", ".."), DEEPEST, (file, attributes) -> file.endsWith(end))) {
      return files.findFirst().orElseThrow();
    }
  }

  @ParameterizedTest
  @MethodSource("shownElsewhere")
  void anotherTestLeavesTheRuleOut(Map.Entry<String, String> rule) throws IOException {
    assertTrue(Mutants.all().stream().anyMatch(each -> each.name().equals(rule.getKey())));
    String[] where = rule.getValue().split("[/#]");

    String source = Files.readString(testSource(where[0], where[1]));

    Matcher method = Pattern.compile(
            "@(Test|ParameterizedTest)\\b(?:(?!;).)*? void " + where[2] + "\\(.*?\n  }\n",
            Pattern.DOTALL)
        .matcher(source);
    assertTrue(method.find(), rule::toString);
    if (method.group(1).equals("ParameterizedTest")) {
      String name = '"' + rule.getKey() + '"';
      assertFalse(source.contains(name), "not among those that the test leaves out");
    }
  }

  @Test
  void theRulesAreFoundByTheCommand() {
    assertTrue(
        new Mutants().mutants().stream().anyMatch(each -> each.name().equals("LEASE_CHECK")));
  }
}
