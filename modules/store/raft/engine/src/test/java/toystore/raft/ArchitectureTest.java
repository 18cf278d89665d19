package toystore.raft;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  /** The core and the log know neither each other nor who puts them together. */
  @Test
  void packagesFormNoCycle() {
    slices()
        .matching("toystore.(**)")
        .should()
        .beFreeOfCycles()
        .check(new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("toystore.raft", "toystore.order"));
  }
}
