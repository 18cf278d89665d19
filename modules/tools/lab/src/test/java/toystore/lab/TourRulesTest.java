package toystore.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import toystore.operations.Installation;

/** What the tour says of the design stands there, in the section that it names. */
class TourRulesTest {
  private static final int STEPS = 7;
  private static final Pattern RULE =
      Pattern.compile("section: '([^']+)',\\s+quote: '([^']+)'", Pattern.DOTALL);

  private final Path home = Installation.find().home();

  @Test
  void eachStepQuotesARuleOfTheDesign() throws IOException {
    String design = Files.readString(home.resolve("docs/design.md"));
    Matcher rules = RULE.matcher(
        Files.readString(home.resolve("modules/tools/lab/src/main/resources/lab-page/steps.js")));
    int count = 0;
    while (rules.find()) {
      count++;
      assertTrue(
          section(design, rules.group(1)).contains(rules.group(2)),
          "docs/design.md, " + rules.group(1) + ": " + rules.group(2));
    }
    assertEquals(STEPS, count);
  }

  /** The teacher's page has the same steps. */
  @Test
  void theDocumentHasTheStepsOfThePage() throws IOException {
    List<String> rows = Files.readAllLines(home.resolve("docs/lab.md")).stream()
        .filter(line -> line.matches("\\| [1-7] .*"))
        .toList();

    assertEquals(STEPS, rows.size());
  }

  private static String section(String design, String heading) {
    int start = design.indexOf("\n## " + heading + "\n");
    assertTrue(start >= 0, heading);
    int end = design.indexOf("\n## ", start + 1);
    return design.substring(start, end < 0 ? design.length() : end);
  }
}
