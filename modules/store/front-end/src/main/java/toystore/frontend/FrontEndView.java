package toystore.frontend;

import java.util.List;
import toystore.frontend.ServingLoop.LoopView;
import toystore.leader.LeaderSelector;
import toystore.model.Epochs;
import toystore.model.KnownLeader;

/**
 * A front-end's own state, for those who run it.
 *
 * @param leader the leader's id, null for none
 * @param session of the first event loop, 0 for none
 * @param leaseLeftMs of that session
 * @param waiting orders and look-ups under way
 */
record FrontEndView(
    String service,
    String role,
    Integer leader,
    String epoch,
    boolean serving,
    String catalog,
    CacheFigures cache,
    long session,
    long leaseLeftMs,
    int waiting) {

  /** The caches of all event loops together. */
  record CacheFigures(
      boolean enabled, int size, int capacity, long hits, long misses, double hitRatio) {

    static CacheFigures of(FrontEndConfig.CacheChoice config, List<LoopView> loops) {
      long hits = loops.stream().mapToLong(LoopView::hits).sum();
      long misses = loops.stream().mapToLong(LoopView::misses).sum();
      return new CacheFigures(
          config.enabled(),
          loops.stream().mapToInt(LoopView::size).sum(),
          config.enabled() ? config.capacity() * loops.size() : 0,
          hits,
          misses,
          hits + misses == 0 ? 0 : (double) hits / (hits + misses));
    }
  }

  static FrontEndView of(
      String service, LeaderSelector selector, LoopView first, CacheFigures cache, int waiting) {
    return new FrontEndView(
        service,
        "front-end",
        selector.leader().map(KnownLeader::id).orElse(null),
        selector.leader().map(leader -> Epochs.text(leader.epoch())).orElse(null),
        selector.serving(),
        first.catalog(),
        cache,
        first.session(),
        first.leaseLeftMs(),
        waiting);
  }
}
