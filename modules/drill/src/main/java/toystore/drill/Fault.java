package toystore.drill;

/**
 * One disturbance of a running store.
 *
 * @param name what is done to whom, in words
 * @param excuse which requests may fail meanwhile
 * @param inject does it, and waits until it is done
 * @param heal undoes it, and waits until it is undone
 */
record Fault(String name, Excuse excuse, Runnable inject, Runnable heal) {
  /** Nothing at all. */
  static final Fault NONE = new Fault("none", Excuse.NONE, () -> {}, () -> {});
}
