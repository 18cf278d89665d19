package toystore.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The cores have no clock, disk, network, thread or chance: the simulator owns them all. */
class PurityTest {
  private final JavaClasses classes = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("toystore");

  @Test
  void noDiskNetworkOrThread() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.concurrent..",
            "java.io..",
            "java.nio.file..",
            "java.nio.channels..",
            "java.net..",
            "java.time..")
        .check(classes);
    noClasses().should().dependOnClassesThat().areAssignableTo(Thread.class).check(classes);
  }

  @Test
  void noClockOrChance() {
    noClasses().should().callMethod(System.class, "nanoTime").check(classes);
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(classes);
    noClasses().should().callMethod(Math.class, "random").check(classes);
    noClasses().should().dependOnClassesThat().areAssignableTo(Random.class).check(classes);
  }

  @Test
  void noPackageDependsOnOneThatDependsOnIt() {
    slices().matching("toystore.(*)..").should().beFreeOfCycles().check(classes);
  }
}
