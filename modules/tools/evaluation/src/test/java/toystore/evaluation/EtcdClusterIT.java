package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.operations.ServiceUse;

/** With the etcd of this machine. */
class EtcdClusterIT {
  @Test
  void itsPutsAreThereAndNothingIsLeftOfIt() throws Exception {
    assumeTrue(EtcdCluster.version().isPresent(), "no etcd on this machine");
    Vertx vertx = Vertx.vertx();
    List<ProcessHandle> members;
    Path data;
    try (EtcdCluster etcd = EtcdCluster.up(vertx)) {
      members = ProcessHandle.current()
          .children()
          .filter(process -> argument(process, "--name").startsWith("etcd-"))
          .toList();
      data = Path.of(argument(members.get(0), "--data-dir")).getParent();

      Throughput measured = etcd.load(5, Duration.ZERO, Duration.ofMillis(500));

      assertEquals(0, measured.failures());
      assertTrue(measured.answered() > 0);
      assertTrue(
          keys(members.get(0)).contains("\"count\":\"" + measured.answered() + "\""),
          () -> measured + " " + members);
      assertEquals(
          List.of("etcd-1", "etcd-2", "etcd-3"),
          etcd.uses().stream().map(ServiceUse::service).toList());
      assertTrue(etcd.uses().stream().allMatch(use -> use.processor().toNanos() > 0));
      assertTrue(Files.exists(data.resolve("etcd-3")));
    } finally {
      vertx.close();
    }

    assertEquals(3, members.size());
    assertTrue(members.stream().noneMatch(ProcessHandle::isAlive));
    assertTrue(Files.notExists(data));
  }

  /** How many there are, by another way than they came: etcd's gateway of JSON. */
  private static String keys(ProcessHandle member) throws IOException, InterruptedException {
    String all = "{\"key\":\"AA==\",\"range_end\":\"AA==\",\"count_only\":true}";
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create(argument(member, "--listen-client-urls") + "/v3/kv/range"))
                .POST(HttpRequest.BodyPublishers.ofString(all))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static String argument(ProcessHandle process, String option) {
    List<String> words = Arrays.asList(process.info().arguments().orElse(new String[0]));
    int place = words.indexOf(option);
    return place < 0 ? "" : words.get(place + 1);
  }
}
