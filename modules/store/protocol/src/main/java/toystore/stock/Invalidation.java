package toystore.stock;

/**
 * News for one front-end: its copy of this toy is older than this version.
 *
 * @param address where the front-end listens, as it said in its hello
 */
public record Invalidation(long session, String address, String toy, long version) {}
