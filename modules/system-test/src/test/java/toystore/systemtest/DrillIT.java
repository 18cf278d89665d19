package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import toystore.drill.DrillCommand;

/** Drills find what is broken, and only that; and no place to die breaks a promise. */
class DrillIT {
  private static final int GOOD = 0;
  private static final int BROKEN = 1;
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final List<String> SAMPLE =
      List.of("NEXT_LEADER after-log-sync take-over became-candidate");

  /** Of the kind by which {@link Mutant#CACHE_IGNORES_INVALIDATIONS} is found. */
  @Test
  void aGoodStoreKeepsItsPromises() {
    assertExits(GOOD, drill("good", sampled(Mutant.CACHE_IGNORES_INVALIDATIONS)));
  }

  @Test
  void aCacheThatIgnoresInvalidationsIsFound() throws Exception {
    assertIsFound(Mutant.CACHE_IGNORES_INVALIDATIONS);
  }

  /** What is found in a broken build must be due to what is broken there. */
  @Tag("drills")
  @ParameterizedTest
  @EnumSource(Mutant.class)
  void aGoodStoreKeepsItsPromisesUnderTheFaultsOfABrokenOne(Mutant mutant) {
    assertExits(GOOD, drill("good-" + mutant.inWords(), sampled(mutant)));
  }

  @Tag("drills")
  @ParameterizedTest
  @EnumSource(Mutant.class)
  void aBuildWithoutOneRuleIsFound(Mutant mutant) throws Exception {
    assertIsFound(mutant);
  }

  private static void assertIsFound(Mutant mutant) throws Exception {
    Path lib = mutant.make(TARGET.resolve("broken").resolve(mutant.inWords()));

    Said said = drill(
        mutant.inWords(),
        Stream.concat(sampled(mutant).stream(), Stream.of("--lib", lib.toString()))
            .toList());

    assertExits(BROKEN, said);
    assertTrue(said.text.contains("safety: "), said.text);
  }

  /** Seconds may pass after a cut until TCP sends again: no request may hang on that. */
  @Tag("drills")
  @ParameterizedTest
  @ValueSource(strings = {"primary-backup", "raft"})
  void cutsBelowTcpBreakNoPromise(String engine) {
    Said said = drill(
        "namespaces-" + engine,
        List.of(
            "--engine",
            engine,
            "--faults",
            "cut",
            "--cuts",
            "namespaces",
            "--rounds",
            "6",
            "--duration",
            "3s"));

    assumeNamespaces(said);
    assertExits(GOOD, said);
    assertTrue(said.text.contains("Cuts by network namespaces."), said.text);
  }

  @Tag("drills")
  @ParameterizedTest
  @EnumSource(
      names = {"CATALOG_ANSWERS_BEFORE_ACKNOWLEDGEMENTS", "LEADER_ANSWERS_BEFORE_A_MAJORITY"})
  void aBuildWithoutOneRuleIsFoundByCutsBelowTcp(Mutant mutant) throws Exception {
    Path lib = mutant.make(TARGET.resolve("broken").resolve("namespaces-" + mutant.inWords()));

    Said said = drill(
        "namespaces-" + mutant.inWords(),
        List.of(
            "--lib",
            lib.toString(),
            "--faults",
            "cut",
            "--cuts",
            "namespaces",
            "--rounds",
            String.valueOf(mutant.rounds()),
            "--duration",
            "3s"));

    assumeNamespaces(said);
    assertExits(BROKEN, said);
    assertTrue(said.text.contains("safety: "), said.text);
  }

  /** Only the drill can tell whether this machine has them, by trying. */
  private static void assumeNamespaces(Said said) {
    assumeFalse(said.text.contains("no cuts by network namespaces here: "), said.text);
  }

  /** Ten times each, every service: no request fails, and none is refused. */
  @Tag("drills")
  @ParameterizedTest
  @ValueSource(strings = {"primary-backup", "raft"})
  void rollingRestartsAreNotNoticed(String engine) {
    assertExits(
        GOOD,
        drill(
            "restart-" + engine,
            List.of(
                "--engine", engine, "--faults", "restart", "--rounds", "10", "--clients", "1")));
  }

  @Tag("drills")
  @Test
  void aServiceThatComplainsAndDiesUnpromptedIsFound() throws Exception {
    String core = "stock/CatalogCore";
    String oldLease = "long oldLeaseMs = disk.number(Meta.LEASE_MS);";
    Path lib = new PatchedBuild(PatchedBuild.findCheckout())
        .replace(core, "private long reserved;", "private long reserved; private boolean brandNew;")
        .replace(core, oldLease, oldLease + " brandNew = oldLeaseMs == 0;")
        .replace(
            core,
            "reserved++;",
            "reserved++; if (brandNew && reserved == 50) { "
                + "System.out.println(\"now ERROR planted\"); "
                + "System.out.flush(); Runtime.getRuntime().halt(9); }")
        .into(TARGET.resolve("broken").resolve("dying-catalog"));

    Said said = drill(
        "dying-catalog",
        List.of("--lib", lib.toString(), "--faults", "pause", "--rounds", "1", "--duration", "5s"));

    assertExits(BROKEN, said);
    assertTrue(said.text.contains("process: catalog ended though nothing was done"), said.text);
    assertTrue(said.text.contains("process: catalog logged: now ERROR planted"), said.text);
  }

  /** What a replica says of its orders is not what counts after the next crash. */
  @Tag("drills")
  @Test
  void aFileThatHoldsAnotherOrderThanWasPromisedIsFound() throws Exception {
    String quantity = "row.purchase.quantity()";
    Path lib = new PatchedBuild(PatchedBuild.findCheckout())
        .replace("order/OrderStore", quantity, quantity + " + (row.number == 7 ? 1 : 0)")
        .into(TARGET.resolve("broken").resolve("wrong-file"));

    Said said = drill(
        "wrong-file",
        List.of("--lib", lib.toString(), "--faults", "pause", "--rounds", "1", "--duration", "2s"));

    assertExits(BROKEN, said);
    assertTrue(said.text.contains("safety: the file of order-1 has {\"number\":7"), said.text);
  }

  /** With lines, which every machine has. */
  private static List<String> sampled(Mutant mutant) {
    List<String> arguments = List.of(
        "--faults",
        mutant.faults(),
        "--rounds",
        String.valueOf(mutant.rounds()),
        "--duration",
        "3s");
    return mutant.faults().equals("cut")
        ? Stream.concat(arguments.stream(), Stream.of("--cuts", "lines")).toList()
        : arguments;
  }

  @Test
  void aServiceMayDieBetweenTwoSteps() throws Exception {
    walk("crash-points-sample", "primary-backup", SAMPLE);
  }

  @Tag("drills")
  @ParameterizedTest
  @ValueSource(strings = {"primary-backup", "raft"})
  void aServiceMayDieAnywhere(String engine) throws Exception {
    List<String> own =
        engine.equals("raft") ? CrashBuild.RAFT_ONLY : CrashBuild.PRIMARY_BACKUP_ONLY;
    walk(
        "crash-points-" + engine,
        engine,
        Stream.of(CrashBuild.UNDER_LOAD, CrashBuild.IN_A_TAKE_OVER, own)
            .flatMap(List::stream)
            .toList());
  }

  private static void walk(String name, String engine, List<String> points) throws Exception {
    Path lib = CrashBuild.make(TARGET.resolve("broken").resolve(name), points);

    Said said = drill(
        name,
        List.of(
            "--lib",
            lib.toString(),
            "--engine",
            engine,
            "--faults",
            "crash-point",
            "--rounds",
            String.valueOf(points.size()),
            "--duration",
            "2s"));

    assertExits(GOOD, said);
  }

  /** How a drill ended, and all that it said. */
  private record Said(int exit, String text) {}

  private static Said drill(String name, List<String> arguments) {
    StringWriter said = new StringWriter();
    List<String> all = Stream.concat(
            Stream.of(
                "--seed", "1", "--out", TARGET.resolve("drills").resolve(name).toString()),
            arguments.stream())
        .toList();

    int exit = new CommandLine(new DrillCommand())
        .setOut(new PrintWriter(said, true))
        .setErr(new PrintWriter(said, true))
        .execute(all.toArray(String[]::new));

    return new Said(exit, said.toString());
  }

  private static void assertExits(int status, Said said) {
    assertEquals(status, said.exit, said.text);
  }
}
