package toystore.catalog;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import toystore.edge.ConfigurationException;
import toystore.edge.OfferedToys;
import toystore.edge.Settings;
import toystore.edge.Tls;
import toystore.edge.Token;
import toystore.model.ToyName;
import toystore.stock.CatalogOptions;
import toystore.stock.CatalogOptions.CatalogBounds;
import toystore.stock.CatalogOptions.Leases;
import toystore.stock.CatalogOptions.Remembering;
import toystore.stock.CatalogOptions.Restocking;
import toystore.stock.PricedToy;

/**
 * The catalog's configuration, read once at start.
 *
 * <table>
 * <caption>Keys of its file</caption>
 * <tr><th>key</th><th>meaning</th><th>default</th></tr>
 * <tr><td>host</td><td>address to listen on</td><td>required</td></tr>
 * <tr><td>port</td><td>port to listen on, 0 for any free one</td><td>required</td></tr>
 * <tr><td>data</td><td>folder of the database</td><td>required</td></tr>
 * <tr><td>tokenFile</td><td>file with the store's token, readable by its owner only</td>
 *     <td>required</td></tr>
 * <tr><td>toys</td><td>file with the toys on offer, [{"name":"Tux","price":15.99},...];
 *     what a name may be, {@link ToyName} says</td>
 *     <td>required</td></tr>
 * <tr><td>stock</td><td>units each toy starts with and is restocked to, 1 to 1,000,000,000</td>
 *     <td>required</td></tr>
 * <tr><td>restockPeriodMs</td><td>time between two checks for sold-out toys, 10 ms to a day</td>
 *     <td>required</td></tr>
 * <tr><td>leaseMs</td><td>how long a front-end may serve its cache unrenewed, 50 ms to a
 *     minute</td>
 *     <td>required</td></tr>
 * <tr><td>leaseMarginMs</td><td>how much longer it is waited for: more than two clocks drift apart
 *     in a lease, 10 ms to a minute</td><td>a tenth of leaseMs, at least 10</td></tr>
 * <tr><td>invalidateTimeoutMs</td><td>when an unacknowledged invalidation is sent again, 10 ms to a
 *     minute</td><td>200</td></tr>
 * <tr><td>settleDelayMs</td><td>how long a sale waits to share a transaction, 0 to 1000</td>
 *     <td>20</td></tr>
 * <tr><td>maxWaiting</td><td>decisions and answers that may wait, 1 to 1,000,000; more are refused
 *     as unavailable</td><td>100000</td></tr>
 * <tr><td>maxSessions</td><td>front-end sessions open at a time, 1 to 1000</td><td>100</td></tr>
 * <tr><td>maxRefusals</td><td>refused purchases that are remembered at a time, 1 to 10,000,000;
 * what
 *     would be one more is unavailable</td><td>1000000</td></tr>
 * <tr><td>maxLedgerMb</td><td>memory of the newest purchases, not sealed yet, in MiB, from which
 *     new ones are unavailable, 1 to 1,048,576</td><td>half of the process's memory</td></tr>
 * <tr><td>tls</td><td>{"certificate","key","authority"}: PEM files for the listener, and for calls
 *     to front-ends</td><td>none: plain HTTP</td></tr>
 * </table>
 */
record CatalogConfig(
    String host,
    int port,
    Path data,
    Token token,
    Optional<Tls> tls,
    List<PricedToy> toys,
    CatalogOptions options) {
  private static final int MINUTE_MS = 60_000;
  private static final int DAY_MS = 24 * 60 * MINUTE_MS;
  private static final int MAX_STOCK = 1_000_000_000;

  /**
   * Reads and checks all keys, and the files they name.
   *
   * @throws ConfigurationException naming the first key that is missing, wrong or unknown
   */
  static CatalogConfig read(JsonObject json) {
    return read(Settings.of(json));
  }

  static CatalogConfig read(Settings settings) {
    CatalogConfig config = new CatalogConfig(
        settings.host("host"),
        settings.port("port"),
        settings.path("data"),
        Token.read(settings, "tokenFile"),
        Tls.read(settings, "tls"),
        OfferedToys.read(settings, "toys"),
        readOptions(settings));
    settings.refuseUnknown();
    return config;
  }

  private static CatalogOptions readOptions(Settings settings) {
    int leaseMs = (int) settings.millis("leaseMs", 50, MINUTE_MS).toMillis();
    int marginMs = Math.max(10, leaseMs / 10);
    return new CatalogOptions(
        new Leases(
            leaseMs,
            settings.millis("leaseMarginMs", 10, MINUTE_MS, marginMs).toMillis(),
            settings.millis("invalidateTimeoutMs", 10, MINUTE_MS, 200).toMillis()),
        new Restocking(
            settings.integer("stock", 1, MAX_STOCK),
            settings.millis("restockPeriodMs", 10, DAY_MS).toMillis()),
        Remembering.ofMost(
            settings.integer("maxRefusals", 1, 10_000_000, Remembering.MAX_REFUSALS)),
        new CatalogBounds(
            settings.integer("maxWaiting", 1, 1_000_000, 100_000),
            settings.integer("maxSessions", 1, 1_000, 100),
            (long) settings.integer("maxLedgerMb", 1, 1 << 20, usualLedgerMb()) << 20),
        settings.millis("settleDelayMs", 0, 1_000, 20).toMillis(),
        new SecureRandom().nextLong());
  }

  /** Half of the memory that this process may have. */
  private static int usualLedgerMb() {
    return (int) Math.min(1 << 20, Math.max(1, Runtime.getRuntime().maxMemory() >> 21));
  }
}
