package toystore.primarybackup;

import toystore.model.Role;

/**
 * What a replica does of its own accord in one role. Requests of others it answers alike in every
 * role ({@link Answers}); this is the rest: what it asks, and what it makes of the replies.
 */
interface Phase {
  Role role();

  /** Called once, when this phase begins. */
  default void enter() {}

  default void tick() {}

  default void reply(PrimaryBackupMessage reply) {}

  /** More of the log is durable here. */
  default void persisted() {}

  default void unreachable(int peer) {}

  /** The phase to be in after this step: this one, or its successor. */
  default Phase next() {
    return this;
  }

  /** Called once, when this phase ends. */
  default void leave() {}
}
