package toystore.api;

import java.util.List;

/**
 * Who leads the order service, by the store's public status.
 *
 * @param replica its id, or "none"; of a desk, where those are what the store has
 * @param epoch as the store writes it
 * @param desks names of its services that may lead, such as {@code desk-1}; empty where they are
 *     replicas
 */
public record LeaderName(String replica, String epoch, List<String> desks) {
  public static final String NONE = "none";

  public LeaderName {
    desks = List.copyOf(desks);
  }

  /** The service that leads, as the store and its answers name it; empty for none. */
  public String service() {
    if (replica.equals(NONE)) {
      return "";
    }
    return (desks.isEmpty() ? "order-" : "desk-") + replica;
  }

  /** Of a store of replicas. */
  public LeaderName(String replica, String epoch) {
    this(replica, epoch, List.of());
  }
}
