package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench of a store that has grown, from start to end; far too short to be believed. */
class GrowthBenchIT {
  private static final Path TOYSTORE =
      Path.of("..", "..", "bin", "toystore").toAbsolutePath().normalize();

  /** A table of orders is sealed, and the next one has begun. */
  private static final int ORDERS = 70_000;

  private static final int BEHIND = 2_000;
  private static final int TOYS = 3_000;

  private static final List<String> OF_ORDERS = List.of(
      "first start",
      "start",
      "purchases",
      "order queries: of new orders, of old ones",
      "heap, catalog",
      "  more, for each order",
      "heap, order-1",
      "  more, for each order",
      "heap, order-2",
      "  more, for each order",
      "heap, order-3",
      "  more, for each order",
      "heap, front-end",
      "  more, for each order",
      "orders that a replica lacked",
      "  level after, its start included",
      "  caught up with");

  private static final List<String> OF_TOYS = List.of(
      "first start with many toys",
      "start with many toys",
      "cached product queries with many toys",
      "uncached product queries with many toys");

  @TempDir
  Path folder;

  @Test
  @Tag("drills") // Minutes, on a slow machine.
  void aStoreOfManyOrdersIsMeasuredBesideANewOne() throws Exception {
    JsonNode measured = bench("primary-backup", 0);

    demandRows(measured, "primary-backup", OF_ORDERS);
  }

  @Test
  @Tag("drills")
  void bothEnginesAndAStoreOfManyToysAreMeasured() throws Exception {
    JsonNode measured = bench("both", TOYS);

    List<String> all = Stream.concat(OF_ORDERS.stream(), OF_TOYS.stream()).toList();
    demandRows(measured, "primary-backup", all);
    demandRows(measured, "raft", all);
  }

  private JsonNode bench(String engine, int toys) throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path json = folder.resolve("growth.json");
    Path table = folder.resolve("growth.txt");
    ProcessBuilder builder = new ProcessBuilder(
            TOYSTORE.toString(),
            "bench",
            "--growth",
            "--quick",
            "--json",
            "--engine=" + engine,
            "--orders=" + ORDERS,
            "--behind=" + BEHIND,
            "--toys=" + toys)
        .redirectOutput(json.toFile())
        .redirectError(table.toFile());
    builder.environment().put("TOYSTORE_BUILD", "never");
    // Its stores are known by their folder.
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    Process bench = builder.start();
    try {
      assertTrue(bench.waitFor(400, TimeUnit.SECONDS), () -> text(table));
      assertEquals(0, bench.exitValue(), () -> text(table));
    } finally {
      bench.destroy();
      bench.waitFor();
    }
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(
          List.of(),
          left.filter(file -> file.getFileName().toString().startsWith("toystore-"))
              .toList());
    }
    JsonNode measured = new JsonMapper().readTree(json.toFile());
    assertEquals(ORDERS, measured.at("/orders").asInt());
    assertEquals(BEHIND, measured.at("/behind").asInt());
    assertEquals(toys, measured.at("/toys").asInt());
    assertTrue(text(table).contains("caught up with"), () -> text(table));
    return measured;
  }

  /** Each has what a figure has, and nothing is said of how fast anything was. */
  private static void demandRows(JsonNode measured, String engine, List<String> expected) {
    List<String> names = new ArrayList<>();
    StreamSupport.stream(measured.get(engine).spliterator(), false).forEach(row -> {
      String what = row.get("what").asText();
      names.add(what);
      assertTrue(!row.get("unit").asText().isEmpty(), row::toString);
      double few = row.get("few").asDouble(Double.NaN);
      double many = row.get("many").asDouble(Double.NaN);
      if (what.equals("orders that a replica lacked")) {
        assertTrue(many >= BEHIND, row::toString);
      } else if (!what.startsWith("  ")) {
        assertTrue(few > 0 && many > 0, row::toString);
        assertEquals(many / few, row.get("ratio").asDouble(), 1e-9 * many / few, row::toString);
      }
    });
    assertEquals(expected, names);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
