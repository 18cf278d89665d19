package toystore.history;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PurityTest {
  @Test
  void onlyTheRimTouchesFilesThreadsAndJson() {
    noClasses()
        .that()
        .resideInAPackage("toystore.history")
        .and()
        .haveNameNotMatching(".*\\.(History(File|Writer|Recorder|FormatException)|Check.*)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx..", "com.fasterxml..", "picocli..", "java.io", "java.nio..", "java.time..")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.util.concurrent..")
        .check(new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("toystore.history"));
  }
}
