package toystore.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import toystore.edge.ConfigurationException;

class ClientVerticleTest {
  @Test
  void keysAreTheLongOptionsInCamelCase() {
    JsonObject configuration = new JsonObject()
        .put("clients", 7)
        .put("probability", 0.5)
        .put("retryFor", "30s")
        .put("warmup", 20)
        .put("verify", false)
        .put("check", new JsonArray().add("failures==0").add("buy.p99<5ms"));

    assertArrayEquals(
        new String[] {
          "--clients=7",
          "--probability=0.5",
          "--retry-for=30s",
          "--warmup=20",
          "--verify=false",
          "--check=failures==0",
          "--check=buy.p99<5ms"
        },
        ClientVerticle.arguments(configuration));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'client':5} | client: unknown key",
        "{'c':5} | c: unknown key",
        "{'retry-for':'1s'} | retry-for: unknown key",
        "{'help':true} | help: unknown key",
        "{'clients':'5'} | clients: is not a number",
        "{'timeout':5} | timeout: is not text",
        "{'verify':'no'} | verify: is not true or false",
        "{'check':'failures==0'} | check: is not an array",
        "{'toys':[1]} | toys: is not text"
      })
  void whatIsWrongIsNamed(String json, String complaint) {
    JsonObject configuration = new JsonObject(json.replace('\'', '"'));

    ConfigurationException refusal =
        assertThrows(ConfigurationException.class, () -> ClientVerticle.arguments(configuration));

    assertEquals(complaint, refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'clients':0} | clients: ",
        "{'clients':2.5} | clients: ",
        "{'timeout':'12'} | timeout: ",
        "{'retryFor':'x'} | retryFor: ",
        "{'check':['buy.p99<1']} | check: "
      })
  void aWrongValueIsNamedByItsKey(String json, String start) throws Exception {
    JsonObject configuration = new JsonObject(json.replace('\'', '"'));
    Vertx vertx = Vertx.vertx();
    try {
      Throwable refusal = vertx
          .deployVerticle(
              new ClientVerticle(status -> {}), new DeploymentOptions().setConfig(configuration))
          .<Throwable>map(deployed -> new AssertionError("deployed"))
          .otherwise(failure -> failure)
          .await();

      assertEquals(ConfigurationException.class, refusal.getClass(), refusal::toString);
      assertTrue(refusal.getMessage().startsWith(start), refusal.getMessage());
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void itRunsOnceAndEndsWithTheCommandsStatus() throws Exception {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    Vertx vertx = Vertx.vertx();
    try (FakeStore store = new FakeStore().start()) {
      store.corrupted.put(0L, order -> null);
      JsonObject configuration = new JsonObject()
          .put("port", store.port())
          .put("iterations", 5)
          .put("probability", 1)
          .put("quiet", true);

      vertx
          .deployVerticle(
              new ClientVerticle(status::complete),
              new DeploymentOptions().setConfig(configuration))
          .await();

      assertEquals(1, status.get());
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void theFileThatComesWithItIsRight() throws Exception {
    Path file = Path.of("../../../conf/client.json");

    String[] arguments = ClientVerticle.arguments(new JsonObject(Files.readString(file)));

    assertTrue(arguments.length > 3);
  }
}
