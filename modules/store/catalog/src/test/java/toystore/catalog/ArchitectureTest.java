package toystore.catalog;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The core decides and knows nothing of the world; the shell carries out. */
class ArchitectureTest {
  private static final Set<String> SHELL = Set.of(
      "CatalogVerticle",
      "CatalogConfig",
      "CatalogService",
      "CatalogApi",
      "CatalogStore",
      "RowDigests",
      "CatalogMetrics",
      "InvalidationPublisher");

  private final JavaClasses classes = new ClassFileImporter(
          Set.of(new ImportOption.DoNotIncludeTests()))
      .importPackages("toystore.catalog");

  @Test
  void theCoreKnowsNoClockDiskNetworkOrThread() {
    noClasses()
        .that(areCore())
        .should()
        .dependOnClassesThat(resideInAnyPackage(
            "io.vertx..",
            "java.util.concurrent..",
            "java.io..",
            "java.nio..",
            "java.sql..",
            "java.time..",
            "java.net..",
            "org.slf4j..",
            "toystore.disk.."))
        .check(classes);
    noClasses().that(areCore()).should().callMethod(System.class, "nanoTime").check(classes);
    noClasses()
        .that(areCore())
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .check(classes);
    noClasses().that(areCore()).should().dependOnClassesThat(areShell()).check(classes);
  }

  @Test
  void theCoreTakesOnlyMessagesFromTheEdge() {
    noClasses()
        .that(areCore())
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("toystore.edge").and(new DescribedPredicate<>("no messages") {
              @Override
              public boolean test(JavaClass type) {
                return !type.getName().contains("Messages");
              }
            }))
        .check(classes);
  }

  private static DescribedPredicate<JavaClass> areShell() {
    return new DescribedPredicate<>("are shell") {
      @Override
      public boolean test(JavaClass type) {
        String topLevel = type.getName().replaceAll("\\$.*", "");
        return SHELL.contains(topLevel.replaceFirst("^toystore\\.catalog\\.", ""));
      }
    };
  }

  private static DescribedPredicate<JavaClass> areCore() {
    return DescribedPredicate.not(areShell()).as("are core");
  }
}
