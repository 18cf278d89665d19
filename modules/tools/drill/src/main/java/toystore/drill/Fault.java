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
 * @param silent whether who is hit answers nothing, which might as well mean that it is slow
 */
record Fault(
    String name,
    AllowedFailures excuse,
    Runnable inject,
    Runnable heal,
    Optional<String> mayEnd,
    boolean silent) {
  /** One in which no service should end by itself. */
  Fault(String name, AllowedFailures excuse, Runnable inject, Runnable heal) {
    this(name, excuse, inject, heal, Optional.empty(), false);
  }

  /** The same, and who is hit answers nothing. */
  static Fault silence(String name, AllowedFailures excuse, Runnable inject, Runnable heal) {
    return new Fault(name, excuse, inject, heal, Optional.empty(), true);
  }

  /** Nothing at all. */
  static final Fault NONE = new Fault("none", AllowedFailures.NONE, () -> {}, () -> {});
}
