package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import toystore.model.EngineName;
import toystore.operations.ServiceStatus.ServiceState;

/**
 * The table of mistakes: what each command says, and with which status it ends, when a person does
 * the right thing at the wrong time. One test is one situation. The services are fakes, their
 * processes are real.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class MistakesIT extends CommandCase {
  private static final String NOT_UP = "is not up: nothing is, in HOME/data";
  private static final String FOREIGN = ", which this store did not start";

  @Test
  void nothingWasEverStarted() {
    check(
        row("status", 0, "nothing is up in HOME/data: bin/toystore up starts it"),
        row("down", 0, "Nothing was up in HOME/data."),
        row("kill order-1", 1, "toystore: order-1 " + NOT_UP),
        row("pause order-1", 1, "toystore: order-1 " + NOT_UP),
        row("resume order-1", 1, "toystore: order-1 " + NOT_UP),
        row("stop order-1", 1, "toystore: order-1 " + NOT_UP),
        row("start order-1", 1, "toystore: there is no store in HOME/data yet: use up"),
        row("audit", 2, "nothing is up in HOME/data"),
        row("orders --replica 1", 4, "no orders file: HOME/data/order-1/orders.db does not exist"),
        row("kill order-9", 2, "'order-9' is no service: they are catalog, order-1,"),
        row("start shop", 2, "'shop' is no service"),
        row("up --timeout 0", 2, "--timeout: '0' is not from 1 to 86400"),
        row("start order-1 --timeout soon", 2, "--timeout"));
    assertFalse(Files.exists(data()), "asking leaves no trace");
  }

  @Test
  void theStoreIsUp() {
    check(
        row("up --free-ports", 0, "The store is up:"),
        row("up", 0, "The store is up already:"),
        row("start order-1", 1, "toystore: order-1 is up already"),
        row("resume order-1", 0, "order-1 goes on"),
        row("up --engine raft", 1, "the store is up with the engine primary-backup"),
        row("kill order-4", 2, "'order-4' is no service"),
        row("kill order-1", 0, "order-1 was killed"),
        row("kill order-1", 1, "toystore: order-1 is not up\n"),
        row("stop order-1", 1, "toystore: order-1 is not up\n"),
        row("pause order-1", 1, "toystore: order-1 is not up\n"),
        row("audit --timeout 1", 2, "order-1 is down"),
        row("start order-1", 0, "order-1 is up"),
        row("pause order-2", 0, "order-2 is paused"),
        row("pause order-2", 0, "order-2 is paused"),
        row("status", 0, "order-2 paused"),
        row("start order-2", 1, "toystore: order-2 is up already"),
        row("rebuild order-1", 1, "toystore: order-2 is paused: resume it first"),
        row("up", 0, "order-2 was paused and goes on"),
        row("pause order-3", 0, "order-3 is paused"),
        row("kill order-3", 0, "order-3 was killed"),
        row("pause catalog", 0, "catalog is paused"),
        row("stop catalog", 0, "catalog is down"),
        row("rebuild catalog", 2, "all else is copied nowhere"),
        row("down", 0, "The store is down."),
        row("down", 0, "Nothing was up in HOME/data."),
        row("up --engine raft", 1, "were written by the engine primary-backup"),
        row("status", 0, "nothing is up in HOME/data"));
  }

  @Test
  void theStoreIsInAnotherFolder() throws IOException {
    String where = "stores of this checkout run with --data HOME/data";
    run(0, "up", "--free-ports");
    check(
        row("down --data HOME/other", 0, "Nothing was up in HOME/other.\n" + where),
        row("status --data HOME/other", 0, where),
        row("audit --data HOME/other", 2, where),
        row("kill order-1 --data HOME/other", 1, where),
        row("start order-1 --data HOME/other", 1, where));

    Files.move(data(), home.resolve("moved"));
    check(
        row("down", 0, "stores of this checkout run with --data HOME/moved"),
        row("down --data HOME/moved", 0, "The store is down."));
  }

  @Test
  void theFolderIsDeletedUnderTheStore() throws IOException {
    run(0, "up", "--free-ports", "--front-ends", "2");
    long pid = store.status().of("order-1").pid().orElseThrow();
    run(0, "pause", "order-3");
    delete(data());

    check(
        row("status", 0, "ran: bin/toystore down ends them"),
        row("status", 0, "order-1 orphaned " + pid),
        row("status --json", 0, "\"service\":\"order-1\",\"state\":\"orphaned\",\"pid\":" + pid),
        row("up", 1, "was deleted while catalog (pid "),
        row("start order-1", 1, "there is no store in HOME/data yet"),
        row("audit", 2, "HOME/data was deleted while catalog (pid "),
        row("kill order-1", 0, "order-1 was killed"),
        row("kill order-1", 1, "toystore: order-1 is not up\n"),
        row("down", 0, "The store is down."),
        row("down", 0, "Nothing was up in HOME/data."));
    assertFalse(Files.exists(data()), "nor is it made again");
    assertEquals(List.of(), processesOfThisCheckout());
  }

  @Test
  void theFolderIsDeletedAndMadeAgain() throws IOException {
    run(0, "up", "--free-ports");
    delete(data());
    Files.createDirectories(data());

    check(
        row("up --free-ports", 1, "bin/toystore down ends them; then use up again"),
        row("down", 0, "The store is down."),
        row("up --free-ports", 0, "The store is up:"),
        row("down", 0, "The store is down."));
  }

  @Test
  void runFilesAreStaleOrBroken() throws IOException {
    run(0, "up", "--free-ports");
    long pid = store.status().of("order-1").pid().orElseThrow();
    Process bystander = new ProcessBuilder("sleep", "100").start();
    try {
      Path run = data().resolve("run/order-1.json");
      Json.write(run, Json.read(run).put("pid", bystander.pid()));
      check(row("status", 0, "order-1 live " + pid));
      Files.writeString(run, "{\"pid\":");
      check(row("status", 0, "order-1 live " + pid), row("up", 0, "up already"));
      assertEquals(pid, Json.read(run).path("pid").asLong(), "written anew");

      run(0, "kill", "order-1");
      Json.write(run, Json.read(run).put("pid", bystander.pid()));
      check(
          row("kill order-1", 1, "order-1 is not up"),
          row("stop order-1", 1, "order-1 is not up"),
          row("status", 0, "order-1 down"),
          row("down", 0, "The store is down."));
      assertTrue(bystander.isAlive(), "a pid that belongs to another program now");
    } finally {
      bystander.destroyForcibly();
    }
  }

  @Test
  void servicesRunThatWereStartedByHand() throws Exception {
    run(0, "up", "--free-ports");
    run(0, "down");
    Process catalog = byHand("catalog");
    Process replica = byHand("order-2");
    try {
      awaitState("catalog", ServiceState.LIVE);
      String stranger = "process " + catalog.pid() + " (bin/vertx run "
          + "toystore.catalog.CatalogVerticle -conf HOME/data/conf/catalog.json, data HOME/data/catalog)";

      check(
          row("up", 1, "catalog is run by " + stranger + FOREIGN),
          row("up", 1, "order-2 is run by process " + replica.pid() + " ("),
          row("status", 0, "live, foreign " + catalog.pid()),
          row("status", 0, stranger + " uses this store's files" + FOREIGN),
          row("start catalog", 1, "catalog is run by " + stranger + FOREIGN),
          row("kill catalog", 1, "catalog is run by " + stranger + FOREIGN + ": it is left alone"),
          row("down", 1, stranger + " uses this store's files" + FOREIGN + ": it is left alone"),
          row("down", 1, "Nothing that this store started was up in HOME/data."),
          row("start order-1", 0, "order-1 is up"),
          row("down", 1, "The store is down."));
      assertTrue(catalog.isAlive() && replica.isAlive());
    } finally {
      catalog.destroyForcibly().waitFor();
      replica.destroyForcibly().waitFor();
    }
    check(row("up", 0, "The store is up:"));
  }

  @Test
  void aPortIsTaken() throws Exception {
    run(0, "up", "--free-ports");
    run(0, "stop", "catalog");
    Process other = byHand("catalog", confIn(home.resolve("second"), "catalog"));
    try {
      String port = store.internalAddress("catalog").split(":")[1];
      awaitListener(Integer.parseInt(port));
      String taken = "port " + port + " of catalog is answered by process " + other.pid() + " (";

      check(
          row("start catalog", 1, taken),
          row("up", 1, taken),
          row("status", 0, taken),
          row("down", 0, "The store is down."),
          row("up --conf HOME/data/conf", 1, taken),
          row("down", 0, "Nothing was up in HOME/data."));
      assertTrue(other.isAlive());
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void aServiceIsNeverUp() throws Exception {
    mute(checkout.conf().resolve("order-2.json"), true);
    String left = "catalog, order-1, order-2, order-3: started, and left running";

    check(
        row("up --free-ports --timeout 2", 1, left),
        row("status", 0, "order-2 starting"),
        row("stop order-2", 0, "order-2 is down"),
        row("start order-2 --timeout 1", 1, "order-2 did not answer within 1 s:"));
    anotherAnswersInItsPlace();
    check(
        row("stop order-2", 0, "order-2 is down"),
        row("start order-2 --timeout 1 --stop-late", 1, "stopped again: order-2"),
        row("status", 0, "order-2 down"));
    mute(data().resolve("conf/order-2.json"), false);
    check(row("up", 0, "The store is up:"), row("status", 0, "order-2 live"));
  }

  private void anotherAnswersInItsPlace() throws Exception {
    Path own = Files.createDirectories(home.resolve("own")).resolve("order-2.json");
    Files.copy(data().resolve("conf/order-2.json"), own);
    Json.write(own, Json.read(own).put("mute", false));
    Process other = byHand("order-2", own);
    try {
      awaitListener(Json.read(own).path("port").asInt());
      String pid = Long.toString(store.status().of("order-2").pid().orElseThrow());
      check(row("status", 0, "order-2 starting " + pid));
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void aServiceEndsWhileOthersStart() throws IOException {
    FakeInstallation.write(
        checkout.conf().resolve("order-2.json"),
        FakeInstallation.replica(2).replace("{'id':2", "{'broken':true,'id':2"));

    String said = run(1, "up", "--free-ports");

    int cause = said.indexOf("order-2 ended while it started:");
    assertTrue(cause >= 0 && said.contains("broken: must be false"), said);
    assertTrue(cause < said.indexOf("order-1 has stopped"), "the cause comes first: " + said);
    assertEquals(cause, said.lastIndexOf("order-2 ended"), "and once: " + said);
    assertTrue(said.contains("the start failed, and what it had started was stopped again"), said);
    assertEquals(List.of(), processesOfThisCheckout());
  }

  @Test
  void twoStartAtOnce() throws Exception {
    List<CompletableFuture<Boolean>> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      LocalStore one = LocalStore.of(checkout, data(), line -> {});
      both.add(CompletableFuture.supplyAsync(() -> one.up(UpOptions.defaults().withFreePorts())));
    }

    boolean first = both.get(0).get(60, TimeUnit.SECONDS);
    boolean second = both.get(1).get(60, TimeUnit.SECONDS);

    assertTrue(first || second, "they share the work");
    assertEquals(5, processesOfThisCheckout().size());
  }

  @Test
  void downWhileAnotherWaitsForTheStore() throws Exception {
    for (Service replica : Service.replicas()) {
      Path conf = checkout.conf().resolve(replica + ".json");
      ObjectNode json = Json.read(conf);
      json.withObject("/says/~1health").put("eligible", true).put("serving", false);
      Json.write(conf, json);
    }
    CompletableFuture<String> up =
        CompletableFuture.supplyAsync(() -> run(1, "up", "--free-ports"));
    awaitState("front-end", ServiceState.LIVE);

    check(row("down", 0, "The store is down."));

    String said = up.get(60, TimeUnit.SECONDS);
    assertTrue(said.contains("ended while it started"), said);
    assertEquals(List.of(), processesOfThisCheckout());
  }

  @Test
  void downWhileAnotherWaitsForAService() throws Exception {
    mute(checkout.conf().resolve("order-2.json"), true);
    CompletableFuture<String> up =
        CompletableFuture.supplyAsync(() -> run(1, "up", "--free-ports"));
    awaitState("order-2", ServiceState.STARTING);

    check(row("down", 0, "The store is down."));

    String said = up.get(60, TimeUnit.SECONDS);
    assertTrue(said.contains("ended while it started"), said);
    assertEquals(List.of(), processesOfThisCheckout());
  }

  @Test
  void interruptedInTheMiddleOfUp() throws Exception {
    mute(checkout.conf().resolve("order-2.json"), true);
    Path said = home.resolve("said");
    Process up = toystore(List.of(), said, "up", "--free-ports");
    awaitState("order-2", ServiceState.STARTING);

    new ProcessBuilder("kill", "-INT", Long.toString(up.pid())).start().waitFor();

    assertTrue(up.waitFor(30, TimeUnit.SECONDS));
    assertEquals(130, up.exitValue());
    String words = Files.readString(said);
    assertTrue(words.contains("interrupted while waiting for order-"), words);
    assertTrue(words.contains("left running; see bin/toystore status, or end all by down"), words);
    check(row("status", 0, "catalog live"), row("down", 0, "The store is down."));
  }

  @Test
  void theFolderMayNotBeWritten() throws Exception {
    Files.createDirectories(data());
    data().toFile().setWritable(false);
    Path said = home.resolve("said");
    try {
      Process up = toystore(withoutRights(), said, "up", "--free-ports");
      assertTrue(up.waitFor(60, TimeUnit.SECONDS));
      assertEquals(1, up.exitValue());
    } finally {
      data().toFile().setWritable(true);
    }
    String words = Files.readString(said);
    assertTrue(words.contains("cannot use the data folder " + data() + ": user "), words);
    assertTrue(words.contains(" has no permission for "), words);
    assertTrue(words.contains("--data DIR"), words);
    assertEquals(1, words.lines().count(), words);
  }

  @Test
  void aConfigurationIsNoAddress() throws IOException {
    withPort(checkout.conf().resolve("order-2.json"), 70_000);

    check(
        row("up", 1, "the configuration of order-2: host and port of a service are no address"),
        row("status", 0, "nothing is up in HOME/data"),
        row("up --free-ports", 0, "The store is up"),
        row("stop order-2", 0, "order-2 has stopped"));
    withPort(data().resolve("conf/order-2.json"), 70_000);
    check(
        row("start order-2", 1, "no address: \"127.0.0.1\" and 70000"),
        row("down", 0, "The store is down."));
  }

  private static void withPort(Path conf, int port) {
    Json.write(conf, Json.read(conf).put("port", port));
  }

  @Test
  void theFolderIsNone() throws IOException {
    Files.writeString(home.resolve("file"), "text");
    String long255 = "x".repeat(300);

    check(
        row("up --data HOME/file", 1, "cannot use the data folder HOME/file: Not a directory"),
        row("up --data HOME/file/below", 1, "cannot use the data folder HOME/file/below: "),
        row("up --data /proc/1/nothing", 1, "cannot use the data folder /proc/1/nothing: "),
        row("up --data HOME/" + long255, 1, "File name too long"),
        row("start order-1 --data HOME/file", 1, "there is no store in HOME/file yet"),
        row("status --data HOME/file", 0, "nothing is up in HOME/file"));
  }

  @Test
  void theDiskIsFull() throws Exception {
    Path disk = Files.createDirectories(home.resolve("disk"));
    assumeTrue(
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=64k", "test", disk.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            == 0,
        "a small disk can be made by root only");
    try {
      fill(disk);
      check(row("up --free-ports --data HOME/disk/data", 1, "No space left on device"));
    } finally {
      new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
    }
  }

  private static void fill(Path disk) throws IOException {
    for (int size = 1 << 12; size >= 1; size /= 16) {
      try (var filler = Files.newOutputStream(disk.resolve("filler" + size))) {
        for (int written = 0; written < 1 << 17; written += size) {
          filler.write(new byte[size]);
        }
      } catch (IOException full) {
        // That is what was wanted; smaller pieces may still fit.
      }
    }
  }

  /** A process in which even root may do only what the rights of a file say. */
  private static List<String> withoutRights() throws Exception {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    List<String> words = List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all");
    boolean can = false;
    try {
      can = new ProcessBuilder(Stream.concat(words.stream(), Stream.of("true")).toList())
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      // Then it cannot.
    }
    assumeTrue(can, "root may write everywhere, and no setpriv takes that away");
    return words;
  }

  private static void mute(Path conf, boolean mute) {
    Json.write(conf, Json.read(conf).put("mute", mute));
  }

  private void awaitState(String service, ServiceState state) {
    assertTrue(
        TimeLimit.await(
            Duration.ofSeconds(30),
            () -> new StoreFolder(data()).memory().isPresent() && stateOf(service) == state),
        () -> store.status().toJson().toString());
  }

  private static void awaitListener(int port) {
    assertTrue(
        TimeLimit.await(Duration.ofSeconds(30), () -> Listeners.processOn(port).isPresent()));
  }

  /** As a person does in a terminal: with the configuration of this store. */
  private Process byHand(String service) throws IOException {
    return byHand(service, data().resolve("conf").resolve(service + ".json"));
  }

  private Process byHand(String service, Path conf) throws IOException {
    String verticle = Service.named(service).orElseThrow().verticle(EngineName.PRIMARY_BACKUP);
    ProcessBuilder builder = new ProcessBuilder(
            checkout.vertx().toString(), "run", verticle, "-conf", conf.toString())
        .directory(home.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove(RunningService.MARK);
    return builder.start();
  }

  /** The configuration of this store's service, for files and a token in that other folder. */
  private Path confIn(Path folder, String service) throws IOException {
    Files.createDirectories(folder);
    Files.copy(data().resolve("token"), folder.resolve("token"));
    Path own = folder.resolve(service + ".json");
    Json.write(
        own,
        Json.read(data().resolve("conf").resolve(service + ".json"))
            .put("data", folder.resolve(service).toString())
            .put("tokenFile", folder.resolve("token").toString()));
    return own;
  }

  /** The command as a process of its own. */
  private Process toystore(List<String> before, Path said, String... words) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Dtoystore.checkout=" + home,
        "-cp",
        System.getProperty("java.class.path"),
        StoreCommandLine.class.getName()));
    command.addAll(List.of(words));
    command.addAll(List.of("--data", data().toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
