package toystore.raft.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The core has no clock, disk, network, thread or unseeded chance. */
class ArchitectureTest {
  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("toystore.raft.core");

  @Test
  void theCoreIsPure() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("(java\\.util\\.concurrent\\.|java\\.time\\.Clock"
            + "|java\\.io\\.|java\\.nio\\.|java\\.sql\\.|java\\.net\\.).*")
        .check(CLASSES);
  }

  @Test
  void theCoreReadsNoClock() {
    noClasses()
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Math.class, "random")
        .check(CLASSES);
  }
}
