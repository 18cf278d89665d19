package toystore.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Function;
import org.junit.jupiter.api.Test;

class MutantCompilerTest {
  /** A rule of this very module: a mutant is shown by its name. */
  static final class Shown implements Function<String, String> {
    @Override
    public String apply(String name) {
      return new PackageNeighbour().show(Mutant.of(name, "nothing"));
    }
  }

  /** Not changed, and yet it must see what is. */
  static final class PackageNeighbour {
    String show(Mutant mutant) {
      return mutant.toString();
    }
  }

  private static final Change CHANGE =
      new Change("mutation/Mutant", "return name ;", "return \"no \" + name;");

  @Test
  void codeIsFoundHoweverItIsBroken() {
    assertEquals("a other; c", new Change("X", "b.d( e )", "other").apply("a b\n  .d(e); c"));
  }

  @Test
  void codeMustBeThereExactlyOnce() {
    Change change = new Change("X", "b", "other");

    assertThrows(IllegalArgumentException.class, () -> change.apply("a c"));
    assertThrows(IllegalArgumentException.class, () -> change.apply("b a b"));
  }

  @Test
  void aMutantRunsBesideTheRealClass() {
    Mutant mutant =
        Mutant.of("A_RULE", "no").replace(CHANGE.source(), CHANGE.code(), CHANGE.other());

    try (MutantCompiler compiler = new MutantCompiler("toystore.mutation.")) {
      assertEquals("no X", compiler.make(mutant, Shown.class).apply("X"));
    }

    assertEquals("X", new Shown().apply("X"));
  }

  @Test
  void whatDoesNotCompileIsSaid() {
    Mutant mutant = Mutant.of("A_RULE", "no").replace(CHANGE.source(), CHANGE.code(), "return 1;");

    try (MutantCompiler compiler = new MutantCompiler("toystore.mutation.")) {
      IllegalStateException refused =
          assertThrows(IllegalStateException.class, () -> compiler.make(mutant, Shown.class));

      assertTrue(refused.getMessage().contains("Mutant.java"), refused::getMessage);
    }
  }
}
