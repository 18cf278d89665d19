package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.operations.AuditReport.Verdict;
import toystore.operations.ServiceStatus.ServiceState;
import toystore.operations.UpOptions;

/** A store with a lab: its buttons break real processes, and the lab outlives what it breaks. */
class LabIT {
  private static final String CALLS = "/lab/calls/services";
  private static final Pattern TOKEN = Pattern.compile("lab-token\" content=\"([0-9a-f]{64})\"");

  @RegisterExtension
  static final RunningStore STORE = new RunningStore(UpOptions.defaults().withLab());

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void itKillsStartsPausesAndCutsAndOutlivesWhatItBreaks() throws Exception {
    String token = token();
    assertEquals(0, STORE.shop().buy("Tux", 1).orderNumber());

    for (String service : RunningStore.SERVICES) {
      assertEquals(200, act(service, "kill", token));
      assertEquals(409, act(service, "kill", token), "it is dead already");
    }
    assertTrue(
        STORE.store().lab().services().values().stream().allMatch(ServiceState.DOWN::equals));
    for (String service : RunningStore.SERVICES) {
      assertEquals(200, act(service, "start", token), service);
    }
    String leader = STORE.leader();
    RunningStore.until("it sells again", () -> sells("Tux"));

    assertEquals(200, act(leader, "pause", token));
    assertEquals(ServiceState.PAUSED, STORE.store().lab().services().get(leader));
    assertEquals(200, act(leader, "resume", token));

    assertEquals(200, act("catalog", "cut", token));
    RunningStore.until("nobody can buy", () -> !sells("Fox"));
    assertEquals(200, act("catalog", "heal", token));
    RunningStore.until("it sells again", () -> sells("Fox"));
    assertEquals(Verdict.HOLDS, STORE.audit().verdict());
  }

  @Test
  void noServiceHasTheLabsCalls() throws Exception {
    String token = token();
    List<URI> listeners = new ArrayList<>(STORE.store().addresses());
    for (String service : RunningStore.SERVICES) {
      listeners.add(URI.create("http://" + STORE.store().internalAddress(service)));
    }
    for (URI listener : listeners) {
      HttpRequest.Builder kill = HttpRequest.newBuilder(listener.resolve(CALLS + "/order-1/kill"))
          .POST(BodyPublishers.noBody())
          .header("Toystore-Lab-Token", token)
          .header("Toystore-Token", STORE.store().token());
      HttpResponse<String> answer = client.send(kill.build(), BodyHandlers.ofString());

      assertEquals(404, answer.statusCode(), listener + ": " + answer.body());
    }
    assertFalse(STORE.store().lab().services().containsValue(ServiceState.DOWN));
  }

  @Test
  void theServicesHaveNoToolsOnTheirClassPath() throws Exception {
    for (String service : RunningStore.SERVICES) {
      long pid = STORE.store().status().of(service).pid().orElseThrow();
      String words = ProcessHandle.of(pid).orElseThrow().info().commandLine().orElse("");

      assertFalse(words.contains("toystore-lab") || words.contains("/tools/"), words);
    }
  }

  private static boolean sells(String toy) {
    return STORE.shop().buy(toy, 1).status() == 200;
  }

  private String token() throws Exception {
    URI page = STORE.store().lab().address().orElseThrow().resolve("/console");
    Matcher found = TOKEN.matcher(client
        .send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
        .body());
    assertTrue(found.find());
    return found.group(1);
  }

  private int act(String service, String action, String token) throws Exception {
    URI call = STORE.store().lab().address().orElseThrow();
    HttpRequest request = HttpRequest.newBuilder(call.resolve(CALLS + "/" + service + "/" + action))
        .POST(BodyPublishers.noBody())
        .header("Toystore-Lab-Token", token)
        .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    JsonNode body = JsonMapper.builder().build().readTree(answer.body());
    assertTrue(body.has("data") || body.path("error").has("message"), answer.body());
    return answer.statusCode();
  }
}
