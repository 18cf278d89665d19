package toystore.house;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a reader may rely on: nothing is long, and in main code one name means one thing. */
class HouseTest {
  private static final Path CHECKOUT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final int LINES_OF_A_CLASS = 250;
  private static final int LINES_OF_A_METHOD = 40;
  private static final int LENGTH_OF_A_LINE = 100;

  /** Parts of a whole, which are read with the class around them: the call of a history, say. */
  private static final Set<String> PARTS =
      Set.of("Answer", "Batch", "Call", "Office", "Outcome", "Phase", "Query", "Replica", "Times");

  /** And names that begin with a dot. */
  private static final Set<String> TOP_LEVEL =
      Set.of("README.md", "bin", "conf", "docs", "modules", "pom.xml", "test-output");

  private static final List<SourceFile> MAIN = SourceFile.all(CHECKOUT, "main");
  private static final List<SourceFile> TESTS = SourceFile.all(CHECKOUT, "test");

  @Test
  void thereIsCodeToLookAt() {
    assertFalse(MAIN.isEmpty());
  }

  @Test
  void noClassIsLongerThan250LinesOfCode() {
    assertNone(Stream.concat(MAIN.stream(), TESTS.stream())
        .flatMap(file -> file.topLevelTypes().stream())
        .filter(type -> type.linesOfCode() > LINES_OF_A_CLASS)
        .map(SourceFile.Part::name));
  }

  @Test
  void noMethodIsLongerThan40LinesOfCode() {
    assertNone(MAIN.stream().flatMap(file -> file.methods().stream()
        .filter(method -> method.linesOfCode() > LINES_OF_A_METHOD)
        .map(method -> file.name() + "." + method.name())));
  }

  @Test
  void noLineIsLongerThan100Characters() {
    assertNone(Stream.concat(MAIN.stream(), TESTS.stream())
        .flatMap(file -> file.linesLongerThan(LENGTH_OF_A_LINE).stream()
            .map(number -> file.path() + ":" + number)));
  }

  @Test
  void noTwoClassesHaveOneName() {
    Map<String, Long> uses = MAIN.stream()
        .flatMap(file -> file.topLevelTypes().stream())
        .collect(Collectors.groupingBy(SourceFile.Part::name, TreeMap::new, Collectors.counting()));

    assertNone(uses.keySet().stream().filter(name -> uses.get(name) > 1));
  }

  @Test
  void noNestedClassHasTheNameOfAnotherUnlessItIsAPart() {
    Set<String> topLevel = MAIN.stream()
        .flatMap(file -> file.topLevelTypes().stream())
        .map(SourceFile.Part::name)
        .collect(Collectors.toSet());

    assertNone(MAIN.stream()
        .flatMap(file -> file.nestedTypes().stream())
        .filter(name -> topLevel.contains(name) && !PARTS.contains(name))
        .distinct());
  }

  @Test
  void everyPackageSaysWhatItIs() {
    Map<Path, List<SourceFile>> packages = MAIN.stream()
        .collect(Collectors.groupingBy(
            file -> file.path().getParent(), TreeMap::new, Collectors.toList()));

    assertNone(packages.keySet().stream()
        .filter(folder -> !Files.exists(CHECKOUT.resolve(folder).resolve("package-info.java")))
        .map(Path::toString));
  }

  @Test
  void everyModuleSaysWhatItIs() throws IOException {
    try (Stream<Path> files = Files.walk(CHECKOUT.resolve("modules"))) {
      assertNone(files
          .filter(file -> file.endsWith("pom.xml") && !file.toString().contains("/target/"))
          .map(Path::getParent)
          .filter(module -> !module.endsWith("image"))
          .filter(module -> !Files.exists(module.resolve("README.md")))
          .map(Path::toString));
    }
  }

  @Test
  void theTopLevelHoldsNothingElse() throws IOException {
    assertNone(tracked()
        .map(path -> path.replaceFirst("/.*", ""))
        .distinct()
        .filter(name -> !name.startsWith(".") && !TOP_LEVEL.contains(name)));
  }

  @Test
  void nothingThatABuildMakesIsTracked() throws IOException {
    assertNone(tracked().filter(path -> path.matches(".*\\.(class|jar|jsa|db|so|gz|deb)")));
  }

  /** The files of the repository: what else lies in a checkout is its owner's business. */
  private static Stream<String> tracked() throws IOException {
    assumeTrue(Files.exists(CHECKOUT.resolve(".git")), "the source without its repository");
    Process git =
        new ProcessBuilder("git", "ls-files", "-z").directory(CHECKOUT.toFile()).start();
    String paths = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeFalse(paths.isEmpty(), "git does not tell this user");
    return Arrays.stream(paths.split("\0"));
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices()
        .matching("toystore.(**)")
        .should()
        .beFreeOfCycles()
        .check(new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("toystore"));
  }

  private static void assertNone(Stream<String> found) {
    assertEquals(List.of(), found.sorted().toList());
  }
}
