package toystore.client;

import java.util.Locale;

/** What each iteration of a client does. */
public enum LoadMode {
  /** Asks for a toy and, if it is in stock, buys it with the load's probability. */
  SHOP,
  /** Only asks. */
  QUERY,
  /** Only buys, without asking first. */
  BUY,
  /** Asks for a toy that the store does not have, which 404 is the right answer to. */
  UNKNOWN;

  /** As options and reports name it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
