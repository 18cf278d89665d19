package toystore.drill;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What can be done to a store. */
enum FaultKind {
  /** A replica's process ends, and is started again. */
  KILL("kill"),
  /** Two replicas' processes end, and are started again. */
  MAJORITY("majority"),
  /** A replica hangs, and goes on. */
  PAUSE("pause"),
  /** Services cannot reach each other, both ways or one way, or only slowly. */
  CUT("cut"),
  /** The catalog's process ends or hangs. */
  CATALOG("catalog"),
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
