package toystore.postgres;

import java.util.List;
import java.util.Optional;
import toystore.desk.DeskOptions;
import toystore.desk.DeskOptions.DeskBounds;
import toystore.desk.DeskOptions.DeskTimes;
import toystore.edge.OfferedToys;
import toystore.edge.Settings;
import toystore.edge.Tls;
import toystore.edge.Token;
import toystore.stock.CatalogOptions.Leases;
import toystore.stock.CatalogOptions.Restocking;
import toystore.stock.PricedToy;

/**
 * A desk's configuration, read once at start.
 *
 * @param id 1 or 2: one of them is in office, the other stands by
 * @param host to listen on, with {@code port}; 0 takes any free one
 * @param tls of the internal listeners, absent for none
 * @param database where the books are
 * @param toys on offer, from the file {@code toys}
 */
record DeskConfig(
    int id,
    String host,
    int port,
    Token token,
    Optional<Tls> tls,
    DatabaseChoice database,
    List<PricedToy> toys,
    DeskOptions options) {
  private static final int MINUTE_MS = 60_000;
  private static final int DAY_MS = 24 * 60 * MINUTE_MS;
  private static final int MAX_STOCK = 1_000_000_000;
  private static final int DESKS = 2;

  static DeskConfig read(Settings settings) {
    int id = settings.integer("id", 1, DESKS);
    DatabaseChoice database = DatabaseChoice.read(settings);
    DeskConfig config = new DeskConfig(
        id,
        settings.host("host"),
        settings.port("port"),
        Token.read(settings, "tokenFile"),
        Tls.read(settings, "tls"),
        database,
        OfferedToys.read(settings, "toys"),
        new DeskOptions(
            id,
            database.addresses().size(),
            leases(settings),
            new Restocking(
                settings.integer("stock", 1, MAX_STOCK),
                settings.millis("restockPeriodMs", 10, DAY_MS).toMillis()),
            times(settings),
            bounds(settings)));
    settings.refuseUnknown();
    return config;
  }

  private static Leases leases(Settings settings) {
    int leaseMs = (int) settings.millis("leaseMs", 50, MINUTE_MS).toMillis();
    return new Leases(
        leaseMs,
        settings
            .millis("leaseMarginMs", 10, MINUTE_MS, Math.max(10, leaseMs / 10))
            .toMillis(),
        settings.millis("invalidateTimeoutMs", 10, MINUTE_MS, 200).toMillis());
  }

  private static DeskTimes times(Settings settings) {
    DeskTimes usual = DeskTimes.USUAL;
    return new DeskTimes(
        millis(settings, "questionTimeoutMs", usual.deadlineMs()),
        millis(settings, "turnTimeoutMs", usual.turnMs()),
        usual.retryMs(),
        usual.beatMs(),
        usual.lookMs(),
        millis(settings, "takeOverMs", usual.silentMs()),
        usual.goneMs());
  }

  private static long millis(Settings settings, String key, long usual) {
    return settings.millis(key, 1_000, MINUTE_MS, (int) usual).toMillis();
  }

  private static DeskBounds bounds(Settings settings) {
    DeskBounds usual = DeskBounds.USUAL;
    return new DeskBounds(
        settings.integer("maxTurn", 1, 10_000, usual.turn()),
        settings.integer("maxWaiting", 1, 1_000_000, usual.waiting()),
        settings.integer("maxSessions", 1, 1_000, usual.sessions()),
        settings.integer("maxCopies", 1, 10_000_000, usual.copies()));
  }

  /** As {@code desk-1}. */
  String service() {
    return "desk-" + id;
  }
}
