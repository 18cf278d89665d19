package toystore.drill;

import java.util.Optional;

/**
 * One disturbance of a running store.
 *
 * @param name what is done to whom, in words
 * @param excuse which requests may fail meanwhile
 * @param inject does it, and waits until it is done
 * @param heal undoes it, and waits until it is undone
 * @param mayEnd the service that is right to end by itself, and to say why, if any
 */
record Fault(String name, Excuse excuse, Runnable inject, Runnable heal, Optional<String> mayEnd) {
  /** One in which no service should end by itself. */
  Fault(String name, Excuse excuse, Runnable inject, Runnable heal) {
    this(name, excuse, inject, heal, Optional.empty());
  }

  /** Nothing at all. */
  static final Fault NONE = new Fault("none", Excuse.NONE, () -> {}, () -> {});
}
