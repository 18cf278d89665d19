package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StoreCommandsTest {
  @TempDir
  Path folder;

  private final StringWriter results = new StringWriter();
  private final StringWriter remarks = new StringWriter();

  @Test
  void whatIsNoOptionIsWrongUsage() {
    assertAll(
        () -> assertEquals(2, run("up", "--colour", "red")),
        () -> assertEquals(2, run("fly")),
        () -> assertEquals(2, run("kill")),
        () -> assertEquals(2, run("up", "--engine", "diesel")),
        () -> assertEquals(2, run("up", "--cache", "maybe")),
        () -> assertEquals(2, run("up", "--stock", "0")),
        () -> assertEquals(2, run("up", "--front-ends", "10")),
        () -> assertEquals(2, run("logs", "order-1", "-n", "-1", "--data", data())),
        () -> assertEquals(2, run("orders", "--replica", "4")));
  }

  @Test
  void aStockThatTheCatalogWouldRefuseIsWrongUsageAndTheRangeIsSaid() {
    assertEquals(2, run("up", "--stock", "2000000000", "--data", data()));
    assertTrue(
        remarks.toString().startsWith("--stock: '2000000000' is not from 1 to 10"),
        remarks.toString());
    assertTrue(Files.notExists(folder.resolve("data")));
  }

  @Test
  void anUnknownServiceIsWrongUsageAndTheKnownAreListed() {
    assertEquals(2, run("kill", "order-9", "--data", data()));
    assertTrue(
        remarks.toString().contains("catalog, order-1, order-2, order-3, front-end"),
        remarks.toString());
  }

  @Test
  void aForeseenFailureIsOneLine() {
    assertEquals(1, run("kill", "order-1", "--data", data()));
    assertEquals(
        "toystore: order-1 is not up: nothing is, in " + data(),
        remarks.toString().strip());
  }

  @Test
  void downWhenNothingIsUpIsFineAndLeavesNoTrace() {
    assertEquals(0, run("down", "--data", data()));
    assertEquals("Nothing was up in " + data() + ".\n", results.toString());
    assertTrue(Files.notExists(folder.resolve("data")));
  }

  @Test
  void statusOfNothingShowsAllDown() {
    assertEquals(0, run("status", "--json", "--data", data()));
    assertTrue(
        results.toString().startsWith("{\"services\":[{\"service\":\"catalog\",\"state\":\"down\""),
        results.toString());
  }

  @TestFactory
  Stream<DynamicTest> everyCommandHasHelpWithAnExample() {
    return List.of(
            "up", "down", "status", "kill", "pause", "resume", "stop", "start", "audit", "orders",
            "rebuild", "logs")
        .stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> assertHelp(name)));
  }

  private void assertHelp(String name) {
    StringWriter help = new StringWriter();
    assertEquals(0, StoreCommandLine.make().setOut(new PrintWriter(help)).execute(name, "--help"));
    assertTrue(help.toString().contains("  bin/toystore " + name), help.toString());
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private int run(String... words) {
    CommandLine commandLine = StoreCommandLine.make();
    commandLine.setOut(new PrintWriter(results, true)).setErr(new PrintWriter(remarks, true));
    return commandLine.execute(words);
  }
}
