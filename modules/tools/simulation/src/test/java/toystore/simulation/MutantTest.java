package toystore.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import toystore.mutation.MutantCompiler;

/** Each rule is needed: without it some seed breaks a promise. */
// A rule that chance seldom needs takes ten thousand seeds: on a busy machine, minutes.
class MutantTest {
  private static final int DEEPEST = 16;
  private static final int SEEDS = Integer.getInteger("toystore.mutantSeeds", 20_000);

  private static final MutantCompiler COMPILER = new MutantCompiler();

  /** What was found: rule, engine, seeds needed, promise broken. */
  private static final Path TABLE = Path.of("target", "mutants.tsv");

  @BeforeAll
  static void emptyTable() throws IOException {
    Files.createDirectories(TABLE.getParent());
    Files.deleteIfExists(TABLE);
  }

  @AfterAll
  static void close() {
    COMPILER.close();
  }

  static List<Omission> shownHere() {
    String only = System.getProperty("toystore.mutant", ".*");
    return Mutants.all().stream()
        .filter(omission -> omission.toString().matches(only))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("shownHere")
  void withoutTheRuleItsPromiseBreaks(Omission omission) throws IOException {
    List<String> asked = List.of(
        omission.engine().name(),
        omission.plan().name(),
        Mutants.FIRST_SEEDS.getOrDefault(omission.toString(), 1L).toString(),
        Long.toString(SEEDS),
        omission.mutant().violates());

    List<String> found = COMPILER.make(omission.mutant(), MutantCampaign.class).apply(asked);

    assertFalse(found.isEmpty(), () -> omission + " does not cause: " + asked.get(4));
    Files.writeString(
        TABLE,
        String.join(
                "\t", omission.toString(), omission.engine().toString(), found.get(0), found.get(1))
            + "\n",
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
    String[] where = rule.getValue().split("[/#]");

    String source = Files.readString(testSource(where[0], where[1]));

    Matcher method = Pattern.compile(
            "@(Test|ParameterizedTest)\\b(?:(?!;).)*? void " + where[2] + "\\(.*?\n  }\n",
            Pattern.DOTALL)
        .matcher(source);
    assertTrue(method.find(), rule::toString);
    if (method.group(1).equals("ParameterizedTest")) {
      String name = '"' + rule.getKey() + '"';
      // A table of mutants names it; another test goes through all rules but those it names.
      boolean isTable = source.contains("Mutant.of(");
      assertEquals(isTable, source.contains(name), "not among those that the test leaves out");
    }
  }
}
