package toystore.leader;

/**
 * How a leader comes to office: {@link ChoiceByAppointment} or {@link ChoiceByElection}. It says
 * what should happen, and {@link LeaderSelector} does it. Pure; owned by the selector.
 */
interface LeaderChoice {

  /** The epoch whose leader, if one stands, is the one to use. */
  long newestEpoch(Candidates candidates);

  /** The answers are in, and nobody leads that epoch. */
  Move whenNobodyLeads(Candidates candidates, long newestEpoch);

  /** After each input. */
  Move review(View view);

  /**
   * How things are.
   *
   * @param leader that is ready, null for none
   * @param allThereSinceMs since when a leader has had all that it needs, {@link #NEVER} if it has
   *     not
   */
  record View(
      long nowMs,
      ReplicaViews replicas,
      ReplicaView leader,
      boolean serving,
      long allThereSinceMs) {
    static final long NEVER = Long.MAX_VALUE;

    boolean allThere() {
      return allThereSinceMs != NEVER;
    }
  }

  /**
   * What should happen.
   *
   * @param replica whom it is about, null for all
   */
  record Move(MoveKind kind, ReplicaView replica) {
    static final Move NONE = new Move(MoveKind.NONE, null);
    static final Move LOOK_AT_ALL = new Move(MoveKind.LOOK_AT_ALL, null);

    enum MoveKind {
      NONE,
      /** Ask all again soon. */
      LOOK_AT_ALL,
      /** It was named in its epoch and is on its way to readiness. */
      AWAIT,
      /** Make it the leader of a new epoch. */
      APPOINT,
      /** Ask it to stand for election in place of its epoch's leader. */
      ASK_TO_STAND,
      /** It is of no use: choose anew, and it comes last. */
      PASS_OVER
    }
  }
}
