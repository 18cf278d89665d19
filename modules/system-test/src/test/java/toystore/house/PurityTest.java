package toystore.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What decides has no clock, disk, network, thread or chance of its own. Libraries are refused by
 * the poms of these modules, which do not have them; this refuses what every JDK has.
 */
class PurityTest {
  private static final JavaClasses PURE = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .withImportOption(location -> Stream.of("model", "protocol", "raft/core", "postgres/core")
          .anyMatch(module -> location.contains("/store/" + module + "/target/")))
      .importPackages("toystore");

  /** Of the JDK: values, collections, and digests of bytes. */
  private static final List<String> ALLOWED = List.of(
      "java.lang",
      "java.lang.invoke",
      "java.lang.runtime",
      "java.nio",
      "java.nio.charset",
      "java.security",
      "java.util",
      "java.util.function",
      "java.util.stream");

  @Test
  void whatDecidesUsesNothingButValues() {
    String[] packages = Stream.concat(
            ALLOWED.stream(), PURE.stream().map(JavaClass::getPackageName).distinct())
        .toArray(String[]::new);

    classes().should().onlyDependOnClassesThat().resideInAnyPackage(packages).check(PURE);
  }

  @Test
  void whatDecidesReadsNoClockAndRollsNoDice() {
    noClasses()
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .check(PURE);
  }
}
