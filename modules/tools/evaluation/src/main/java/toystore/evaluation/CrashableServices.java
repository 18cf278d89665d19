package toystore.evaluation;

import java.util.ArrayList;
import java.util.List;
import toystore.api.LeaderName;

/**
 * What a crash experiment may kill, as the store names it. Pure.
 *
 * @param services that may lead: replicas, or desks
 * @param leader the one of them that does
 */
record CrashableServices(List<String> services, String leader) {
  /** Of a store on PostgreSQL, where a command can kill it. */
  static final String DATABASE = "database";

  private static final List<String> REPLICAS = List.of("order-1", "order-2", "order-3");

  CrashableServices {
    services = List.copyOf(services);
  }

  /** Of a store whose status names a leader. */
  static CrashableServices of(LeaderName leader) {
    return new CrashableServices(
        leader.desks().isEmpty() ? REPLICAS : leader.desks(), leader.service());
  }

  /** Whether they work on a database. */
  boolean areDesks() {
    return !services.equals(REPLICAS);
  }

  /** Those that do not lead. */
  List<String> others() {
    List<String> others = new ArrayList<>(services);
    others.remove(leader);
    return others;
  }
}
