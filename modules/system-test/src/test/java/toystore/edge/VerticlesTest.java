package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vertx.core.Deployable;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerticlesTest {
  @Test
  void everyPublicVerticleIsOnTheList() {
    Set<String> there = new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("toystore").stream()
            .filter(each -> each.isAssignableTo(Deployable.class))
            .filter(each -> each.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaClass::getName)
            .collect(Collectors.toSet());

    assertEquals(new TreeSet<>(there), new TreeSet<>(Verticles.NAMES));
    Verticles.NAMES.forEach(name -> assertEquals(Optional.empty(), Verticles.complaint(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "toystore.Nothing",
        "CatalogVerticle",
        "toystore.catalog.catalogverticle",
        "toystore/catalog/CatalogVerticle",
        "toystore.catalog.CatalogVerticle.class",
        "toystore.model.Order",
        "java:toystore.catalog.CatalogVerticle",
        ""
      })
  void whatIsNoneIsToldWithAllThatAre(String name) {
    String complaint = Verticles.complaint(name).orElseThrow();

    assertTrue(complaint.startsWith(name + ": no such verticle: there are "), complaint);
    Verticles.NAMES.forEach(each -> assertTrue(complaint.contains(each), complaint));
    assertEquals(1, complaint.lines().count());
  }
}
