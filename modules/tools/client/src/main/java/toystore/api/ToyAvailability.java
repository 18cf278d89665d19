package toystore.api;

/**
 * What a product query says.
 *
 * @param units in stock
 * @param source which part of the store answered
 */
public record ToyAvailability(String name, long units, Source source) {
  /** Who knew it. */
  public enum Source {
    CACHE,
    CATALOG,
    /** The answer does not say. */
    UNKNOWN
  }

  ToyAvailability from(Source answered) {
    return new ToyAvailability(name, units, answered);
  }
}
