package toystore.operations;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a start may take.
 *
 * @param timeout as long as it takes, when empty: a slow machine is not a broken one
 * @param stopLate whether what is late is stopped again; else it is left running
 */
record StartLimit(Optional<Duration> timeout, boolean stopLate) {
  static final StartLimit NONE = new StartLimit(Optional.empty(), false);
}
