package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of the command is what it does and tells. */
class ClientCommandTest extends AgainstFakeStore {
  @TempDir
  private Path folder;

  @Test
  void aStoreThatKeepsItsWordIsGood() {
    int status = run("-c", "3", "-n", "20", "-p", "0.5");

    assertEquals(0, status, this::everything);
    assertTrue(out.toString().contains("60 iterations"), this::everything);
    assertTrue(out.toString().endsWith("good\n"), this::everything);
    assertTrue(store.orders.size() > 10, this::everything);
  }

  @Test
  void everyPurchaseHasAKeyOfItsOwn() {
    run("-c", "3", "-n", "20", "-p", "1");
    run("-c", "3", "-n", "20", "-p", "1", "--seed", "1");
    run("-c", "3", "-n", "20", "-p", "1", "--seed", "1");

    assertEquals(180, store.keys.size());
    assertEquals(180, new HashSet<>(store.keys).size(), "same seed, yet other purchases");
  }

  @Test
  void probabilityZeroBuysNothing() {
    assertEquals(0, run("-n", "20", "-p", "0"), this::everything);
    assertEquals(0, store.keys.size());
  }

  @Test
  void whatIsOutOfStockIsNotBought() throws IOException {
    store.stock.replaceAll((name, units) -> 0);

    JsonNode report = json("-c", "2", "-n", "10", "-p", "1");

    assertEquals(0, store.keys.size());
    assertEquals(20, report.at("/totals/outOfStock").asLong());
    assertEquals(0, report.at("/exitCode").asInt());
  }

  @Test
  void quietSaysOnlyWhatIsWrong() {
    assertEquals(0, run("-n", "5", "--quiet"), this::everything);
    assertEquals("", out.toString());

    store.corrupted.put((long) store.orders.size(), order -> null);
    assertEquals(1, run("-n", "5", "-p", "1", "--quiet"), this::everything);
    assertTrue(out.toString().contains("LOST"), this::everything);
  }

  @Test
  void wrongUsageSaysWhatAndHow() {
    assertEquals(2, run("--clients", "10001"), this::everything);
    assertTrue(
        err.toString().contains("--clients: '10001' is not from 1 to 10000"), this::everything);
    assertEquals(2, run("-p", "1.1"));
    assertEquals(2, run("-d", "30"));
    assertTrue(err.toString().contains("'30' is not a duration with a unit"), this::everything);
    assertEquals(2, run("--check", "buy.p99<50"));
    assertTrue(err.toString().contains("p99 needs a unit"), this::everything);
    assertEquals(2, run("--toys", "Nothing"));
    assertTrue(err.toString().contains("no toy 'Nothing'"), this::everything);
    assertEquals(2, run("--json", "/nowhere/report.json"));
    assertEquals(2, run("--rate", "10", "--think", "1s"));
    assertEquals(2, run("--no-such-option"));
  }

  @Test
  void aFailedCheckIsTold() {
    int status = run("-n", "5", "--check", "failures==0", "--check", "query.p50<1us");

    assertEquals(3, status, this::everything);
    assertTrue(out.toString().matches("(?s).*holds +failures==0.*"), this::everything);
    assertTrue(out.toString().matches("(?s).*FAILED +query.p50<1us.*"), this::everything);
  }

  @Test
  void hitsAndMissesAreApartIfTheStoreSays() throws IOException {
    store.saysCache = true;

    JsonNode report = json("-c", "1", "-n", "40", "-p", "0");

    long hits = report.at("/requests/queryHit/count").asLong();
    long misses = report.at("/requests/queryMiss/count").asLong();
    assertTrue(hits > 10 && misses > 10, report::toPrettyString);
    assertEquals(hits + misses, report.at("/requests/query/count").asLong());
  }

  @Test
  void leaderChangesAreNoted() throws IOException {
    store.leaders.addAll(List.of(3, 3, 2));

    JsonNode report = json("-c", "1", "-d", "1s", "--think", "10ms", "-p", "0");

    assertEquals(2, report.at("/leaders").size(), report::toPrettyString);
    assertEquals("3", report.at("/leaders/0/leader").asText());
    assertEquals("2", report.at("/leaders/1/leader").asText());
    assertEquals("2.1", report.at("/leaders/1/epoch").asText());
  }

  @Test
  void severalEventLoopsShareTheClients() throws IOException {
    JsonNode report = json("-c", "5", "-n", "10", "--loops", "2", "-p", "1");

    assertEquals(50, report.at("/iterations").asInt());
    assertEquals(50, report.at("/orders/correct").asInt());
  }

  @Test
  void theSameSeedChoosesTheSameToys() throws IOException {
    json("-c", "1", "-n", "30", "-p", "0.5", "--seed", "7");
    List<String> first = names(0, store.orders.size());
    json("-c", "1", "-n", "30", "-p", "0.5", "--seed", "7");
    List<String> second = names(first.size(), store.orders.size());

    assertEquals(first, second);
  }

  @Test
  void everyReportIsWritten() throws IOException {
    Path json = folder.resolve("r.json");
    Path hdr = folder.resolve("r.hdr");
    Path html = folder.resolve("r.html");

    int status = run(
        "-n", "20", "--json", json.toString(), "--hdr", hdr.toString(), "--html", html.toString());

    assertEquals(0, status, this::everything);
    assertEquals(
        100, new ObjectMapper().readTree(json.toFile()).at("/iterations").asInt());
    assertTrue(Files.readString(hdr).contains("Tag=query"));
    assertTrue(Files.readString(html).contains("By percentile"));
    assertTrue(out.toString().contains("latency, ms"), "the table is still printed");
  }

  @Test
  void helpExplainsEveryOption() {
    assertEquals(0, command("--help"), this::everything);
    assertTrue(out.toString().contains("coordinated omission"), this::everything);
    assertTrue(out.toString().contains("--retry-for"), this::everything);
  }

  private List<String> names(int from, int to) {
    List<String> names = new ArrayList<>();
    for (long number = from; number < to; number++) {
      names.add(store.orders.get(number).getString("name"));
    }
    return names;
  }
}
