package toystore.replication;

import java.util.List;

/**
 * The entries of a log that are not in memory any more. All of them are committed and durable: so
 * they never change, and each question has the same answer for ever.
 */
@FunctionalInterface
public interface OlderEntries {
  /** Where all entries are in memory. */
  OlderEntries NONE = (first, limit) -> {
    throw new IllegalStateException("entry " + first + " is not in memory, and nowhere else");
  };

  /**
   * Entries that follow one another.
   *
   * @param first index of the first one
   * @param limit how many, at least 1; all of them are there
   * @return that many
   * @throws RuntimeException when they cannot be read as they were written: the replica must not go
   *     on
   */
  List<Entry> entries(long first, int limit);
}
