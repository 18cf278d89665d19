package toystore.drill;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import toystore.model.EngineName;

/** What can be done to a store. */
enum FaultKind {
  /** A replica's process, or a desk's, ends, and is started again. */
  KILL("kill"),
  /** Two replicas' processes end, and are started again. */
  MAJORITY("majority"),
  /** A replica, or a desk, hangs, and goes on. */
  PAUSE("pause"),
  /** Services cannot reach each other, both ways or one way, or only slowly. */
  CUT("cut"),
  /** The catalog's process ends or hangs. */
  CATALOG("catalog"),
  /** The database's processes end or hang, of a store that has one of its own. */
  DATABASE("database"),
  /** The front-end's process ends or hangs. */
  FRONT_END("front-end"),
  /** A disk is full, or an fsync fails. */
  DISK("disk"),
  /** A replica's disk ends no write for a while, though it fails none. */
  STUCK("stuck"),
  /** All services are restarted, one at a time, as an operator does it. */
  RESTART("restart"),
  /** A service dies at a place of its code; needs a build that can, see {@link CrashPoints}. */
  CRASH_POINT("crash-point");

  private final String word;

  FaultKind(String word) {
    this.word = word;
  }

  private static final List<FaultKind> USUAL_OF_DESKS = List.of(KILL, PAUSE, DATABASE, FRONT_END);
  private static final List<FaultKind> USUAL =
      List.of(KILL, PAUSE, CUT, MAJORITY, CATALOG, FRONT_END, DISK);

  /**
   * Those of a drill.
   *
   * @param words by which they were chosen; none for the usual ones
   * @throws IllegalArgumentException for one that is none of such a store, in words for a person
   */
  static List<FaultKind> chosen(List<String> words, EngineName engine) {
    if (words.isEmpty()) {
      return engine.hasReplicas() ? USUAL : USUAL_OF_DESKS;
    }
    List<FaultKind> kinds = words.stream().map(FaultKind::of).toList();
    kinds.stream()
        .filter(kind -> kind != RESTART)
        .filter(kind -> engine.hasReplicas() ? kind == DATABASE : !USUAL_OF_DESKS.contains(kind))
        .findFirst()
        .ifPresent(kind -> {
          throw new IllegalArgumentException(
              "'" + kind + "' is none of a store with the engine " + engine);
        });
    return kinds;
  }

  static FaultKind of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is not one of "
            + Arrays.stream(values()).map(FaultKind::toString).collect(Collectors.joining(", "))));
  }

  @Override
  public String toString() {
    return word;
  }
}
