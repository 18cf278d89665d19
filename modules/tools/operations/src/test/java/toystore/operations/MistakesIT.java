package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import toystore.operations.ServiceStatus.ServiceState;

/**
 * The table of mistakes: what each command says, and with which status it ends, when a person does
 * the right thing at the wrong time. One test is one situation. The services are fakes, their
 * processes are real.
 */
class MistakesIT extends MistakesCase {
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
  void theFolderMayNotBeWritten() throws Exception {
    Files.createDirectories(data());
    data().toFile().setWritable(false);
    Path said = home.resolve("said");
    try {
      Process up = toystore(withoutRights(), said, "up", "--free-ports");
      assertEquals(1, up.waitFor());
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

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
