package toystore.model;

import java.util.List;

/**
 * Checks that a record makes of its own components, so that no value that contradicts itself exists
 * in any service, whoever sent it. Each failure names the component and what it was.
 */
public final class Require {
  /** Most items of one request between services; whoever sends more gets it back. */
  public static final int MAX_ITEMS = 10_000;

  private Require() {}

  /** An {@link IllegalArgumentException} unless this holds. */
  public static void that(boolean holds, String component, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(component + "=" + value);
    }
  }

  /** The same for a number, which is made no object where it is right. */
  public static void atLeast(long least, String component, long value) {
    if (value < least) {
      throw new IllegalArgumentException(component + "=" + value);
    }
  }

  /** A value that is there. */
  public static void present(String component, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(component + " is missing");
    }
  }

  /** A list of no more items than a request may have, none of them null. */
  public static void batch(String component, List<?> items) {
    present(component, items);
    if (items.size() > MAX_ITEMS) {
      throw new IllegalArgumentException(component + " has " + items.size() + " items");
    }
    noNull(component, items);
  }

  /** A list that is there, and none of its items null. */
  public static void noNull(String component, List<?> items) {
    present(component, items);
    for (Object item : items) {
      if (item == null) {
        throw new IllegalArgumentException(component + " has a null");
      }
    }
  }
}
