package toystore.frontend;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PureClassesTest {
  private static final JavaClasses MODULE = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("toystore.frontend");
  private static final Set<String> PURE = Set.of(
      "Overdue",
      "RequestSyntax",
      "ChunkSyntax",
      "BodyLength",
      "Characters",
      "RequestFault",
      "HttpFault",
      "WholeNumber");

  @Test
  void decisionsKnowNoClockNoThreadNoNetworkAndNoVertx() {
    noClasses()
        .that(arePure())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx..",
            "io.netty..",
            "io.micrometer..",
            "org.slf4j..",
            "java.util.concurrent..",
            "java.time..",
            "java.io..",
            "java.nio..",
            "java.net..",
            "toystore.edge..")
        .check(MODULE);
    noClasses()
        .that(arePure())
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(MODULE);
  }

  @Test
  void decisionsKnowOnlyEachOtherInThisModule() {
    classes()
        .that(arePure())
        .should()
        .onlyDependOnClassesThat(
            arePure().or(JavaClass.Predicates.resideOutsideOfPackage("toystore.frontend")))
        .check(MODULE);
  }

  private static DescribedPredicate<JavaClass> arePure() {
    return DescribedPredicate.describe("are pure", type -> {
      JavaClass outer = type.getBaseComponentType();
      while (outer.getEnclosingClass().isPresent()) {
        outer = outer.getEnclosingClass().get();
      }
      return PURE.contains(outer.getSimpleName());
    });
  }
}
