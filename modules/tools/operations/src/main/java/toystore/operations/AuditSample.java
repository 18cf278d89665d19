package toystore.operations;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import toystore.model.ToyBooks;

/**
 * What the catalog and the replicas say of themselves, asked one after the other: it belongs
 * together only at rest.
 *
 * @param toys the catalog's books, in its order
 * @param replicas by service name
 */
record AuditSample(List<ToyBooks> toys, Map<String, ReplicaBooks> replicas) {
  AuditSample {
    toys = List.copyOf(toys);
    replicas = new TreeMap<>(replicas);
  }

  /**
   * The orders of one replica in short.
   *
   * @param digest equal on two replicas exactly when their orders are
   * @param sold units by toy
   * @param newestInFile highest number in its database file, -1 for none
   */
  record ReplicaBooks(long orders, String digest, Map<String, Long> sold, long newestInFile) {
    /** Its file is written behind its log, and on a busy machine later than two samples take. */
    boolean hasAllInFile() {
      return newestInFile + 1 == orders;
    }
  }

  long held() {
    return toys.stream().mapToLong(ToyBooks::held).sum();
  }

  /** Nothing is held, no replica is behind another, and no file behind its replica. */
  boolean looksAtRest() {
    return held() == 0
        && replicas.values().stream().allMatch(ReplicaBooks::hasAllInFile)
        && replicas.values().stream().mapToLong(ReplicaBooks::orders).distinct().count() <= 1;
  }
}
