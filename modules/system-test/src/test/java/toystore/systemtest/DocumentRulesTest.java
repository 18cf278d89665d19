package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule about documents finds the fault that it is there for. */
class DocumentRulesTest {
  private static final Map<String, Set<String>> COMMANDS = Map.of(
      "", Set.of("--help"), "up", Set.of("--stock", "-f"), "client", Set.of("-c", "--no-verify"));

  @Test
  void aBrokenLinkIsFound() {
    String document = "See [this](design.md#why), [that](gone.md) and [them](https://e.org/x).";

    assertEquals(
        List.of("gone.md"), DocumentRules.brokenLinks(document, Set.of("design.md")::contains));
  }

  @Test
  void anAnchorWithoutAHeadingIsFound() {
    String document = "# One page\n[a](#one-page) [b](#two) [c](d.md#what-is-there) [e](d.md#gone)";

    assertEquals(
        List.of("#two", "d.md#gone"),
        DocumentRules.missingAnchors(
            document, link -> link.isEmpty() ? document : "## What: is `there`?\n"));
  }

  @Test
  void aNameInCodeThatNoClassHasIsFound() {
    String document = "`Toys` calls `Shop.open`, which is `not` a `Class-Name`, nor `Gone`.";

    assertEquals(
        List.of("Shop", "Gone"), DocumentRules.unknownClasses(document, Set.of("Toys")::contains));
  }

  @Test
  void aPathThatDoesNotExistIsFound() {
    String document = "Run `bin/toystore up`, see conf/gone.json. Not a/bin/x nor <conf/y>.";

    assertEquals(
        List.of("conf/gone.json"),
        DocumentRules.missingPaths(document, Set.of("bin/toystore")::contains));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "bin/toystore upp @ upp",
        "`bin/toystore up --stok 5` @ up --stok",
        "bin/toystore up --stock=5 -x @ up -x",
        "bin/toystore client -c 5 --stock 7 @ client --stock",
        "bin/toystore client -c 5 \\\\n  --warm 5s @ client --warm",
        "bin/toystore --hlp @ --hlp"
      })
  void anUnknownCommandOrOptionIsFound(String document, String fault) {
    assertEquals(
        List.of(fault.strip()),
        DocumentRules.unknownCommands(document.replace("\\n", "\n"), COMMANDS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "`bin/toystore` and `bin/toystore --help`, not -x",
        "bin/toystore up --stock 5 -f   # --not-an-option",
        "bin/toystore up; ls -l",
        "bin/toystore client --no-verify -c 5 | sort -n",
        "| `bin/toystore up` | --dashes |"
      })
  void whatIsNoOptionOfTheCommandIsLeftAlone(String document) {
    assertEquals(List.of(), DocumentRules.unknownCommands(document, COMMANDS));
  }

  @Test
  void anUnknownVerticleOrFileIsFound() {
    String document = "`bin/vertx run <verticle> -conf <file>`: bin/vertx run a.Good -conf c/a.json"
        + "\nbin/vertx run a.Bad -conf c/a.json\nbin/vertx run a.Good -conf c/gone.json";

    assertEquals(
        List.of("a.Bad", "c/gone.json"),
        DocumentRules.unknownVerticles(
            document, Set.of("a.Good")::contains, Set.of("c/a.json")::contains));
  }

  @Test
  void figuresOfTheirResultsAreFounded() {
    String document = "## A\n\n| toy | p99 of order-3 |\n| --- | --- |\n| Tux | 12.50 ms |\n"
        + "| Fox | 1,234,567 |\n\nFrom [this run](../test-output/run.md).\n"
        + "## B\nNo figure here.\n```\n| 99 |\n```\n";

    assertEquals(List.of(), unfounded(document, "a,12.50,1234567,b"));
    assertEquals(List.of(), unfounded(document, "12.50 ms and 1,234,567"));
    assertEquals(List.of("## A: 12.50"), unfounded(document, "12.5 and 112.50.1, 1,234,567"));
    assertEquals(List.of("## A: 1234567"), unfounded(document, "12.50, 234567"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "### A\n| a | 5 |\n| --- | --- |\n",
        "## Other\n[run](../test-output/run.md)\n### A\n![plot](plot.png)\n",
        "## Other\n[run](../test-output/run.md)\n### A\n| 5 |\n[no result](design.md)\n"
      })
  void figuresWithoutAResultAreFound(String document) {
    assertEquals(List.of("### A: links to no result"), unfounded(document, "5"));
  }

  @Test
  void aResultThatDoesNotSayWhereItComesFromIsFound() {
    String stamped = "# Load\n\n- Command: x\n- commit: y\n- machine: z\n";

    assertEquals(List.of(), FigureRules.missingInStamp(FigureRules.head(stamped)));
    assertEquals(
        List.of("commit"), FigureRules.missingInStamp(stamped.replace("commit", "version")));
    assertEquals(
        List.of("command", "commit", "machine"),
        FigureRules.missingInStamp(FigureRules.head("\n".repeat(12) + stamped)));
  }

  private static List<String> unfounded(String document, String result) {
    return FigureRules.unfounded(
        document,
        link -> link.startsWith("../test-output/") ? Optional.of(result) : Optional.empty());
  }
}
