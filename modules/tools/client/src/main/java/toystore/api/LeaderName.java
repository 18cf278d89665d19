package toystore.api;

/**
 * Who leads the order service, by the store's public status.
 *
 * @param replica its id, or "none"
 * @param epoch as the store writes it
 */
public record LeaderName(String replica, String epoch) {
  public static final String NONE = "none";
}
