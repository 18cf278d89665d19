package toystore.house;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Main code has no method that it never calls itself: such a one is dead, or there for a test. */
class TestOnlyMethodsTest {
  private static final String PORT = "a verticle that binds port 0 alone knows which it was given";
  private static final String CAMPAIGN =
      "the simulation is itself a test: its campaigns set plans up with it";

  /** What there is for tests only, and why it cannot be among them. */
  private static final Map<String, String> FOR_TESTS = Map.ofEntries(
      entry("toystore.catalog.CatalogVerticle.port", PORT),
      entry("toystore.frontend.FrontEndVerticle.internalPort", PORT),
      entry("toystore.frontend.FrontEndVerticle.publicPort", PORT),
      entry("toystore.order.OrderVerticle.port", PORT),
      entry("toystore.postgres.DeskVerticle.port", PORT),
      entry("toystore.operations.LocalStore.token", "tests speak to a running service"),
      entry("toystore.simulation.Plan.withLostFiles", CAMPAIGN),
      entry("toystore.simulation.Plan.withOlderCatalog", CAMPAIGN),
      entry("toystore.simulation.Plan.withReplicas", CAMPAIGN),
      entry("toystore.simulation.Plan.withStuckDisk", CAMPAIGN),
      entry("toystore.simulation.CatalogDisk.lose", "a mutant of the simulation calls it"),
      entry("toystore.edge.Settings.keys", "a test compares the documents with what is read"),
      entry("toystore.frontend.RateLimit.clients", "only the size shows that it stays bounded"),
      entry("toystore.raft.core.RaftCore.log", "after each step the logs of replicas are compared"),
      entry("toystore.replication.DurableState.fresh", "what tests of four modules begin with"));

  /** Modules that are there for tests, and what another program wrote. */
  private static final List<String> OTHERS =
      List.of("toystore.mutation", "toystore.virtualtime", "toystore.evaluation.jmh_generated");

  @Test
  void mainCodeCallsEachOfItsMethods() {
    List<String> uncalled = new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("toystore").stream()
            .filter(type -> OTHERS.stream().noneMatch(type.getPackageName()::startsWith))
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> !isCalledFromOutside(method) && !isCalled(method))
            .map(method -> method.getOwner().getName() + "." + method.getName())
            .sorted()
            .toList();

    assertEquals(FOR_TESTS.keySet().stream().sorted().toList(), uncalled);
  }

  private static boolean isCalled(JavaMethod method) {
    Stream<? extends JavaCodeUnitAccess<?>> calls =
        Stream.concat(method.getCallsOfSelf().stream(), method.getReferencesToSelf().stream());
    return calls.anyMatch(call -> !call.getOrigin().equals(method));
  }

  /** By the JVM, a library, the compiler's own code, or as the method of a supertype. */
  private static boolean isCalledFromOutside(JavaMethod method) {
    JavaClass owner = method.getOwner();
    Set<JavaModifier> modifiers = method.getModifiers();
    boolean isMade = modifiers.contains(JavaModifier.SYNTHETIC)
        || modifiers.contains(JavaModifier.BRIDGE)
        || owner.isEnum() && List.of("values", "valueOf").contains(method.getName());
    boolean isComponent = owner.isRecord()
        && method.getRawParameterTypes().isEmpty()
        && owner.tryGetField(method.getName()).isPresent();
    return isMade
        || isComponent
        || method.getName().equals("main")
        || !method.getAnnotations().isEmpty()
        || isOverriding(method);
  }

  private static boolean isOverriding(JavaMethod method) {
    JavaClass owner = method.getOwner();
    return Stream.concat(
            owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
        .flatMap(above -> above.getMethods().stream())
        // Not by type: where the supertype is generic, the types of parameters differ.
        .anyMatch(above -> above.getName().equals(method.getName())
            && above.getRawParameterTypes().size()
                == method.getRawParameterTypes().size());
  }
}
