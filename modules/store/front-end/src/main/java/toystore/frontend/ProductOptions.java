package toystore.frontend;

import java.time.Duration;

/**
 * How an event loop looks products up.
 *
 * @param frontEnd the id that the catalog is told
 * @param cached whether there is a cache at all
 * @param capacity toys that it has room for
 * @param healthCheck between two checks of the catalog
 * @param silence so much of it makes the catalog silent
 * @param waits of queries that need the catalog; they are refused when it was down for the grace
 */
public record ProductOptions(
    int frontEnd,
    boolean cached,
    int capacity,
    Duration healthCheck,
    Duration silence,
    Orders.Waits waits) {}
