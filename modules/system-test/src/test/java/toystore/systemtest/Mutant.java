package toystore.systemtest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A build without one rule of the protocol, and the drill in which that shows. */
enum Mutant {
  CACHE_IGNORES_INVALIDATIONS(
      "ProductCache",
      "if (entries.remove(name) != null) {",
      "if (entries.get(name) != null) {",
      "kill",
      1),
  CATALOG_ANSWERS_BEFORE_ACKNOWLEDGEMENTS(
      "stock/ToyStock", "if (!copies.isEmpty()) {\n        return null;\n      }", "", "cut", 6),
  LEADER_ANSWERS_BEFORE_A_MAJORITY(
      "Rules",
      "return Math.min(ownDurable, quorum.reachedByMajority(allDurable));",
      "return ownDurable;",
      "cut",
      6);

  private final String source;
  private final String rule;
  private final String without;
  private final String faults;
  private final int rounds;

  Mutant(String source, String rule, String without, String faults, int rounds) {
    this.source = source;
    this.rule = rule;
    this.without = without;
    this.faults = faults;
    this.rounds = rounds;
  }

  /** For names of files. */
  String inWords() {
    return name().toLowerCase(Locale.ROOT);
  }

  Path make(Path lib) throws IOException {
    return new PatchedBuild(PatchedBuild.findCheckout())
        .replace(source, rule, without)
        .into(lib);
  }

  /** Rounds within which chance meets it. */
  int rounds() {
    return rounds;
  }

  String faults() {
    return faults;
  }
}
