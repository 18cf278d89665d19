package toystore.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import toystore.leader.SeenReplica;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.model.ReplicaHealth;
import toystore.replication.LogGlance;
import toystore.stock.CatalogGlance;

/**
 * All that a console shows, put together from looks at the services. It says what has changed since
 * it was last asked. Pure; owned by one event loop.
 */
public final class ConsolePicture {
  private static final int SECONDS_SHOWN = 120;

  private final Board board = new Board();
  private final LogPicture logs = new LogPicture();
  private final Map<Long, ServedSecond> seconds = new LinkedHashMap<>();
  private final Story story;

  public ConsolePicture(Story story) {
    this.story = story;
  }

  /**
   * Who leads, as this front-end sees it.
   *
   * @param durability of a store of desks, else null; see {@link Outlook}
   * @param database of a store of desks, else null; likewise
   */
  record LeadView(
      String frontEnd,
      String engine,
      Integer leader,
      Integer awaited,
      String epoch,
      boolean serving,
      String catalog,
      String durability,
      String database) {}

  /**
   * A replica as health checks see it.
   *
   * @param state live, silent, down or unknown
   * @param role null unless it is live
   * @param left committed entries that it has not
   */
  record HealthRow(int id, String state, String role, String epoch, long left, String trouble) {}

  /** A replica's own word on its log. */
  record LogRow(
      int id, long committed, long durable, long last, long left, List<LogPicture.EntryRun> runs) {}

  /** The catalog, but for its toys one by one; see {@link CatalogGlance}. */
  record StockTotals(
      int toys,
      long stock,
      long restocks,
      int sessions,
      int holds,
      boolean grace,
      List<CatalogGlance.HeldStock> oldest) {
    private static StockTotals of(CatalogGlance catalog) {
      return new StockTotals(
          catalog.toys(),
          catalog.stock(),
          catalog.restocks(),
          catalog.sessions(),
          catalog.holds(),
          catalog.grace(),
          catalog.oldest());
    }
  }

  /**
   * A cache.
   *
   * @param places toys and how often each was hit, the least recently used first
   * @param dropped toys that were invalidated lately, the last one last
   */
  public record CacheShelves(
      boolean enabled,
      int capacity,
      long hits,
      long misses,
      long invalidated,
      List<CachePlace> places,
      List<String> dropped) {}

  /** One place of a cache. */
  public record CachePlace(String toy, long hits) {}

  /**
   * Requests that were answered within one second.
   *
   * @param atMs time of day at which it began
   * @param queries of products, with their latencies in microseconds
   * @param failed purchases that the store could not answer
   */
  public record ServedSecond(
      long atMs,
      long queries,
      long queryP50,
      long queryP99,
      long purchases,
      long purchaseP50,
      long purchaseP99,
      long failed) {}

  /**
   * What this front-end sees first hand; see {@link Story#look}.
   *
   * @return whether something has happened that nobody should wait for
   */
  public boolean look(String frontEnd, long clockMs, long timeOfDayMs, Outlook now) {
    List<StoryEvent> happened = story.look(clockMs, timeOfDayMs, now);
    happened.forEach(event -> board.tell("story", event));
    boolean isOther = board.put("lead", lead(frontEnd, now));
    Map<Integer, HealthRow> seen = new LinkedHashMap<>();
    now.replicas().forEach(replica -> seen.put(replica.id(), seen(replica, now)));
    board.putRows("replicas", seen);
    return isOther || !happened.isEmpty();
  }

  private static LeadView lead(String frontEnd, Outlook now) {
    KnownLeader leader = now.leader().or(now::awaited).orElse(KnownLeader.NONE);
    return new LeadView(
        frontEnd,
        now.engine(),
        now.leader().map(KnownLeader::id).orElse(null),
        now.awaited().map(KnownLeader::id).orElse(null),
        leader.epoch() == Epochs.NONE ? null : Epochs.text(leader.epoch()),
        now.serving(),
        now.catalog(),
        now.durability().orElse(null),
        now.database());
  }

  private static HealthRow seen(SeenReplica replica, Outlook now) {
    ReplicaHealth health = replica.health();
    if (health == null || !replica.isLive()) {
      return new HealthRow(replica.id(), replica.state(), null, null, 0, null);
    }
    return new HealthRow(
        replica.id(),
        replica.state(),
        health.role().name().toLowerCase(Locale.ROOT),
        Epochs.text(health.promised()),
        Math.max(0, now.committed() - health.committed()),
        health.trouble());
  }

  public void replica(int id, LogGlance log) {
    logs.put(id, log);
    board.put(
        "log-" + id,
        new LogRow(id, log.committed(), log.durable(), log.last(), log.left(), logs.runs(id)));
    board.putRows("entries", logs.items());
  }

  public void catalog(long timeOfDayMs, CatalogGlance catalog) {
    story.glance(timeOfDayMs, catalog).forEach(event -> board.tell("story", event));
    board.put("catalog", StockTotals.of(catalog));
    Map<String, CatalogGlance.ToyShelf> toys = new LinkedHashMap<>();
    catalog.shown().forEach(shelf -> toys.put(shelf.toy(), shelf));
    board.putRows("toys", toys);
  }

  /** One cache for each event loop. */
  public void caches(List<CacheShelves> caches) {
    board.put("caches", caches);
  }

  /** Another second is over. */
  public void second(ServedSecond second) {
    seconds.put(second.atMs(), second);
    board.tell("seconds", second);
    if (seconds.size() > SECONDS_SHOWN) {
      seconds.remove(seconds.keySet().iterator().next());
    }
  }

  /** All of it, for one who has seen nothing yet. */
  public Map<String, Object> all(long timeOfDayMs) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("now", timeOfDayMs);
    all.putAll(board.all());
    all.put("seconds", List.copyOf(seconds.values()));
    all.put("story", story.events());
    return all;
  }

  /** What has changed since this was last called; empty when nothing has. */
  public Map<String, Object> takeChanges() {
    return board.takeChanges();
  }
}
