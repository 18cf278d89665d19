package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command against a fake store, over real HTTP. */
@Timeout(60)
class ClientCommandTest {
  private final FakeStore store = new FakeStore();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir
  private Path folder;

  @BeforeEach
  void startStore() throws Exception {
    store.start();
  }

  @AfterEach
  void stopStore() throws Exception {
    store.close();
  }

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
  void aRefusalIsNoFailure() throws IOException {
    store.stock.replaceAll((name, units) -> 1);

    JsonNode report =
        json("-c", "1", "-n", "20", "-p", "1", "--quantity", "2", "--check", "failures==0");

    assertEquals(0, report.at("/exitCode").asInt(), report::toPrettyString);
    assertEquals(20, report.at("/totals/refusals").asLong());
    assertEquals(20, report.at("/requests/refusal/count").asLong());
    assertEquals(0, report.at("/requests/buy/count").asLong());
    assertTrue(report.at("/requests/buy/meanMs").isNull(), "nothing was measured, so not 0");
  }

  @Test
  void aChangedOrderIsNamed() {
    store.corrupted.put(3L, order -> order.put("quantity", 7));

    assertEquals(1, run("-n", "20", "-p", "1"), this::everything);
    assertTrue(
        out.toString().matches("(?s).*WRONG +order 3: expected 1 .*, got order 3: 7 .*"),
        this::everything);
  }

  @Test
  void anOrderUnderAnotherNumberIsWrong() {
    store.corrupted.put(3L, order -> order.put("number", 4));

    assertEquals(1, run("-n", "20", "-p", "1"), this::everything);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'data':{'number':3,'name':'Tux','quantity':0}}",
        "{'data':{'number':3,'quantity':1}}",
        "{'data':{'name':'Tux','quantity':1}}",
        "{'data':null}",
        "Tux",
        ""
      })
  void anAnswerThatIsNoOrderIsNamedAtOnce(String body) throws IOException {
    String answer = body.replace('\'', '"');
    store.unreadable.put(3L, answer);

    JsonNode report = json("-c", "2", "-n", "10", "-p", "1");

    assertEquals(1, report.at("/exitCode").asInt(), report::toPrettyString);
    assertEquals(20, report.at("/orders/lookedUp").asInt(), report::toPrettyString);
    assertEquals(19, report.at("/orders/correct").asInt());
    assertEquals(0, report.at("/totals/repeats").asInt(), "200 is the store's word");
    assertEquals(1, report.at("/orders/findings").size());
    JsonNode finding = report.at("/orders/findings/0");
    assertEquals("wrong", finding.at("/kind").asText());
    assertEquals(3, finding.at("/number").asInt());
    assertTrue(finding.at("/expected").asText().startsWith("1 "), report::toPrettyString);
    assertTrue(finding.at("/got").asText().endsWith(" in " + answer), finding::toString);
  }

  @Test
  void anOrderThatCannotBeReadDoesNotHideTheOthers() throws IOException {
    store.crashing.add(3L);
    store.corrupted.put(7L, order -> null);

    JsonNode report = json("-c", "1", "-n", "10", "-p", "1", "--retry-for", "100ms");

    assertEquals(1, report.at("/exitCode").asInt(), report::toPrettyString);
    assertEquals(9, report.at("/orders/lookedUp").asInt());
    assertEquals(7, report.at("/orders/findings/0/number").asInt());
  }

  @Test
  void aLostOrderIsNamed() {
    store.corrupted.put(5L, order -> null);

    assertEquals(1, run("-n", "20", "-p", "1"), this::everything);
    assertTrue(
        out.toString().matches("(?s).*LOST +order 5: expected 1 .*, got 404 no order 5.*"),
        this::everything);
  }

  @Test
  void aNumberGivenTwiceIsWrong() throws IOException {
    store.repeatsNumbers = true;
    store.stock.keySet().retainAll(List.of("Tux"));

    JsonNode report = json("-c", "2", "-n", "1", "-p", "1");

    assertEquals(1, report.at("/exitCode").asInt(), report::toPrettyString);
    assertEquals(1, report.at("/orders/doubled").asInt());
    assertEquals("doubled", report.at("/orders/findings/0/kind").asText());
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
    assertTrue(err.toString().contains("--clients=10001 is not from 1 to 10000"), this::everything);
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
  void whatCannotBeReachedIsToldAtOnce() throws IOException {
    int port;
    try (ServerSocket unused = new ServerSocket(0)) {
      port = unused.getLocalPort();
    }
    long startNs = System.nanoTime();

    int status = command("--port", String.valueOf(port));

    assertEquals(4, status, this::everything);
    assertTrue(System.nanoTime() - startNs < Duration.ofSeconds(5).toNanos());
    assertTrue(err.toString().contains("http://localhost:" + port), this::everything);
  }

  @Test
  void aStoreThatAcceptsAndSaysNothingIsUnreachable() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      long startNs = System.nanoTime();

      int status = command("--port", String.valueOf(silent.getLocalPort()));

      assertEquals(4, status, this::everything);
      assertTrue(System.nanoTime() - startNs < Duration.ofSeconds(5).toNanos());
    }
  }

  @Test
  void ordersThatCannotBeLookedUpAreNotGood() throws IOException {
    store.orderQueriesFail = true;

    JsonNode report = json("-c", "1", "-n", "5", "-p", "1", "--retry-for", "100ms");

    assertEquals(4, report.at("/exitCode").asInt(), report::toPrettyString);
    assertEquals(5, report.at("/orders/unverified").asInt());
    assertEquals(0, report.at("/orders/lost").asInt(), "no answer is no proof");
  }

  @Test
  void aStoreThatSellsNothingIsNotGood() throws IOException {
    store.purchaseTroubles.addAll(Collections.nCopies(10, FakeStore.Trouble.UNAVAILABLE));

    JsonNode report = json("-c", "1", "-n", "10", "-p", "1");

    assertEquals(4, report.at("/exitCode").asInt(), report::toPrettyString);
    assertEquals(
        "no purchase succeeded (10 unavailable (503))", report.at("/verdict").asText());
  }

  @Test
  void requestsThatFailedAreToldInPlaceOfGood() {
    store.purchaseTroubles.addAll(Collections.nCopies(9, FakeStore.Trouble.UNAVAILABLE));

    assertEquals(0, run("-c", "1", "-n", "10", "-p", "1"), this::everything);
    assertTrue(
        out.toString()
            .endsWith("FAILURES: 9 of 21 requests failed (9 unavailable (503));"
                + " no order is lost or wrong\n"),
        this::everything);
  }

  @Test
  void withoutVerifyingNoOrderIsLookedUp() throws IOException {
    store.orderQueriesFail = true;

    JsonNode report = json("-c", "1", "-n", "5", "-p", "1", "--no-verify");

    assertEquals(0, report.at("/exitCode").asInt(), report::toPrettyString);
    assertTrue(report.at("/requests/order").isMissingNode());
  }

  @Test
  void aPurchaseWithoutAnswerIsSentAgainWithItsKey() throws IOException {
    store.purchaseTroubles.addAll(
        List.of(FakeStore.Trouble.BREAK_AFTER, FakeStore.Trouble.SILENCE_AFTER));

    JsonNode report =
        json("-c", "1", "-n", "5", "-p", "1", "--timeout", "150ms", "--retry-for", "3s");

    assertEquals(0, report.at("/exitCode").asInt(), report::toPrettyString);
    assertEquals(2, report.at("/totals/repeats").asInt());
    assertEquals(0, report.at("/totals/failures").asInt());
    assertEquals(7, store.keys.size());
    assertEquals(1, new HashSet<>(store.keys.subList(0, 3)).size(), store.keys::toString);
    assertEquals(5, store.orders.size());
  }

  @Test
  void withoutRetryItsOutcomeIsOpen() throws IOException {
    store.purchaseTroubles.add(FakeStore.Trouble.SILENCE_AFTER);

    JsonNode report =
        json("-c", "1", "-n", "5", "-p", "1", "--timeout", "150ms", "--retry-for", "0s");

    assertEquals(0, report.at("/totals/repeats").asInt());
    assertEquals(1, report.at("/totals/openPurchases").asInt());
    assertEquals(1, report.at("/requests/buy/failures/timeout").asInt());
    assertEquals(4, report.at("/orders/acknowledged").asInt());
  }

  @Test
  void failuresAreToldApart() throws IOException {
    store.purchaseTroubles.addAll(List.of(
        FakeStore.Trouble.UNAVAILABLE, FakeStore.Trouble.SERVER_ERROR, FakeStore.Trouble.NONSENSE));
    store.queryTroubles.add(FakeStore.Trouble.BREAK_AFTER);

    JsonNode report = json("-c", "1", "-n", "10", "-p", "1");

    assertEquals(1, report.at("/requests/buy/failures/unavailable").asInt());
    assertEquals(1, report.at("/requests/buy/failures/status").asInt());
    assertEquals(1, report.at("/requests/buy/failures/malformed").asInt());
    assertEquals(1, report.at("/requests/query/failures/connection").asInt());
    assertEquals(4, report.at("/totals/failures").asInt());
    assertEquals(4, report.at("/failureExamples").size());
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
  void theWarmUpIsNotCountedButItsOrdersAreVerified() throws IOException {
    store.corrupted.put(0L, order -> null);

    JsonNode report = json("-c", "2", "-n", "5", "--warmup", "10", "-p", "1");

    assertEquals(10, report.at("/iterations").asInt());
    assertEquals(10, report.at("/requests/buy/count").asInt());
    assertEquals(30, report.at("/orders/acknowledged").asInt());
    assertEquals(1, report.at("/orders/lost").asInt());
  }

  @Test
  void aStallShowsInTheOpenLoop() throws IOException {
    store.stallAfterRequests = 300;
    store.stallMs = 1000;

    JsonNode report = json("-c", "4", "--rate", "400", "-d", "2500ms", "-p", "0");

    double p99Ms = report.at("/requests/query/percentilesMs/p99").asDouble();
    assertTrue(p99Ms > 700, () -> "p99 " + p99Ms);
  }

  @Test
  void aStallThatHoldsUpPurchasesShowsInTheIterations() throws IOException {
    store.stallAfterRequests = 600;
    store.stallMs = 1000;

    JsonNode report = json("-c", "4", "--rate", "400", "-d", "2500ms", "-p", "1");

    double p99Ms = report.at("/requests/iteration/percentilesMs/p99").asDouble();
    assertTrue(p99Ms > 700, () -> "p99 " + p99Ms);
    double buyMs = report.at("/requests/buy/percentilesMs/p99").asDouble();
    assertTrue(buyMs < 500, () -> "a purchase counts from its sending: p99 " + buyMs);
    assertEquals(report.at("/iterations"), report.at("/requests/iteration/count"));
  }

  @Test
  void theSameStallIsHiddenInTheClosedLoop() throws IOException {
    store.stallAfterRequests = 300;
    store.stallMs = 1000;

    JsonNode report = json("-c", "4", "-d", "2500ms", "-p", "0", "--think", "9ms");

    double p99Ms = report.at("/requests/query/percentilesMs/p99").asDouble();
    assertTrue(p99Ms < 500, () -> "p99 " + p99Ms);
    assertTrue(report.at("/requests/query/maxMs").asDouble() > 900, report::toPrettyString);
    assertTrue(report.at("/requests/iteration").isMissingNode(), "no start was intended");
  }

  @Test
  void anOpenLoopThatIsTooFastSaysSo() throws IOException {
    store.stallAfterRequests = 20;
    store.stallMs = 1000;

    JsonNode report =
        json("-c", "1", "--rate", "200", "-d", "400ms", "-p", "0", "--timeout", "300ms");

    assertTrue(report.at("/iterationsGivenUp").asInt() > 0, report::toPrettyString);
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

  private JsonNode json(String... arguments) throws IOException {
    return jsonOf(store, arguments);
  }

  private JsonNode jsonOf(FakeStore of, String... arguments) throws IOException {
    out.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--json", "--port", String.valueOf(of.port())));
    command(all.toArray(String[]::new));
    return new ObjectMapper().readTree(out.toString());
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--port", String.valueOf(store.port())));
    return command(all.toArray(String[]::new));
  }

  private int command(String... arguments) {
    return new CommandLine(new ClientCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private String everything() {
    return out + "\n" + err;
  }
}
