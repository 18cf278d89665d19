package toystore.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.edge.ConfigurationException;
import toystore.edge.StartException;
import toystore.model.Fenced;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.stock.CatalogMessages.Fence;
import toystore.stock.CatalogMessages.Reserve;
import toystore.stock.CatalogMessages.ToyState;

/** What a catalog starts with, and what it refuses to start with. */
class CatalogStartTest extends CatalogVerticleCase {
  @Test
  void aRestartKeepsStockAndDecisionsAndTakesNewToysAndPrices() throws IOException {
    start();
    reserve(3, "a", "Tux", 60);
    reserve(3, "b", "Tux", 60);
    post("/fence", new Fence(3, 1), Fenced.class);
    long session = hello("127.0.0.1:1");
    stop();
    Files.writeString(
        folder.resolve("toys.json"),
        "[{\"name\":\"Tux\",\"price\":9.5},{\"name\":\"Fox\",\"price\":1},"
            + "{\"name\":\"Whale\",\"price\":3}]");

    start();

    assertEquals(new ToyState("Tux", 950, 40, 3, false), read(0, "Tux"));
    assertEquals(100, read(0, "Whale").quantity());
    assertEquals(List.of(ReserveOutcome.HELD), reserve(3, "a", "Tux", 60));
    assertEquals(List.of(ReserveOutcome.OUT_OF_STOCK), reserve(3, "b", "Tux", 60));
    assertRefused(StoreError.FENCED, "/reserve", new Reserve(claim(2), List.of(), List.of()));
    assertTrue(hello("127.0.0.1:1") > session);
  }

  @Test
  void everyKeyOfTheConfigurationIsChecked() {
    for (String key : List.copyOf(conf.fieldNames())) {
      JsonObject without = conf.copy();
      without.remove(key);
      assertConfigurationRefused(key, without);
      assertConfigurationRefused(key, conf.copy().put(key, new JsonObject()));
    }
    for (String key : List.of(
        "leaseMarginMs", "invalidateTimeoutMs", "settleDelayMs", "maxWaiting", "maxSessions")) {
      assertConfigurationRefused(key, conf.copy().put(key, -1));
    }
    assertConfigurationRefused("tls", conf.copy().put("tls", 1));
    assertConfigurationRefused("stok", conf.copy().put("stok", 1));
  }

  @Test
  void aFaultyListOfToysIsRefused() throws IOException {
    for (String toys : List.of(
        "{}",
        "[]",
        "[{\"name\":\"Tux\"}]",
        "[{\"name\":\"Tux\",\"price\":-1}]",
        "[{\"name\":\"Tux\",\"price\":1,\"color\":\"red\"}]",
        "[{\"name\":\"Tux\",\"price\":1},{\"name\":\"Tux\",\"price\":2}]")) {
      Files.writeString(folder.resolve("toys.json"), toys);
      assertConfigurationRefused("toys", conf);
    }
  }

  @Test
  void aFolderInUseAndATakenPortAreRefused() {
    start();

    assertThrows(
        StartException.class,
        () -> get(
            vertx.deployVerticle(new CatalogVerticle(), new DeploymentOptions().setConfig(conf))));

    JsonObject other =
        conf.copy().put("data", folder.resolve("other").toString()).put("port", verticle.port());
    assertThrows(
        StartException.class,
        () -> get(
            vertx.deployVerticle(new CatalogVerticle(), new DeploymentOptions().setConfig(other))));
  }

  private void assertConfigurationRefused(String key, JsonObject json) {
    ConfigurationException refusal = assertThrows(
        ConfigurationException.class, () -> CatalogConfig.read(json), "nothing refused " + key);
    assertTrue(refusal.getMessage().startsWith(key), refusal.getMessage());
  }

  private void stop() {
    get(catalog.close());
    get(vertx.undeploy(deployment));
  }
}
