package toystore.model;

/**
 * An order replica's answer to a ping.
 *
 * @param engine its name
 * @param elects whether the replicas elect their leader; else it waits to be appointed. Never null
 *     here: a replica that does not say it yet has one of the two engines that are older
 * @param promised epoch promised, for a leader its own; 0 for none
 * @param leader id of that epoch's leader as far as known, 0 for none
 * @param eligible may be appointed: its log is not being rebuilt, and its disk is not stuck
 * @param diskStuck its disk has ended no write for too long
 * @param ready leads, and may be sent purchases
 * @param serving ready, heard by a majority lately, and the catalog answers it
 * @param trouble what is wrong there and what a person must do about it; null where nothing is
 * @param catalogClockMs the last reading of the catalog's clock that it was told; 0 for none
 */
public record ReplicaHealth(
    String service,
    int id,
    String engine,
    Boolean elects,
    Role role,
    long promised,
    int leader,
    long lastEpoch,
    long lastIndex,
    long committed,
    boolean eligible,
    boolean diskStuck,
    boolean ready,
    boolean serving,
    String trouble,
    long catalogClockMs) {
  public ReplicaHealth {
    Require.present("service", service);
    Require.atLeast(1, "id", id);
    Require.present("engine", engine);
    // Not looked up in the other case: an engine that came after this program is understood too.
    elects = elects == null ? EngineName.of(engine).elects() : elects;
    Require.present("role", role);
    Require.present("leader", new KnownLeader(leader, promised));
    LogPosition.requirePlace("last", new LogPosition(lastEpoch, lastIndex));
    Require.that(committed >= 0 && committed <= LogPosition.MAX_INDEX, "committed", committed);
    Require.atLeast(0, "catalogClockMs", catalogClockMs);
  }

  /** Begins the answer of a replica with which nothing is wrong, and whose log is empty. */
  public static Builder of(int id, EngineName engine, Role role) {
    return new Builder(id, engine, role);
  }

  public boolean leads() {
    return role == Role.LEADER && ready;
  }

  /** Named or elected, and on its way to readiness. */
  public boolean takesOver() {
    return (role == Role.LEADER || role == Role.CANDIDATE) && !ready;
  }

  /** Whom it knows as leader. */
  public KnownLeader known() {
    return new KnownLeader(leader, promised);
  }

  /** Puts an answer together. Owned by one thread. */
  public static final class Builder {
    private final int id;
    private final EngineName engine;
    private final Role role;
    private KnownLeader known = KnownLeader.NONE;
    private LogPosition last = LogPosition.START;
    private long committed;
    private boolean eligible = true;
    private boolean diskStuck;
    private boolean ready;
    private boolean serving;
    private String trouble;
    private long catalogClockMs;

    private Builder(int id, EngineName engine, Role role) {
      this.id = id;
      this.engine = engine;
      this.role = role;
    }

    /** What it has promised, and to whom as far as it knows. */
    public Builder knows(int leader, long promised) {
      known = new KnownLeader(leader, promised);
      return this;
    }

    public Builder log(LogPosition lastEntry, long committedIndex) {
      last = lastEntry;
      committed = committedIndex;
      return this;
    }

    public Builder eligible(boolean mayBeAppointed) {
      eligible = mayBeAppointed;
      return this;
    }

    public Builder diskStuck(boolean isStuck) {
      diskStuck = isStuck;
      return this;
    }

    public Builder ready(boolean isReady) {
      ready = isReady;
      return this;
    }

    public Builder serving(boolean isServing) {
      serving = isServing;
      return this;
    }

    public Builder trouble(String forPeople) {
      trouble = forPeople;
      return this;
    }

    public Builder catalogClockMs(long reading) {
      catalogClockMs = reading;
      return this;
    }

    public ReplicaHealth build() {
      return new ReplicaHealth(
          "order-" + id,
          id,
          engine.toString(),
          engine.elects(),
          role,
          known.epoch(),
          known.id(),
          last.epoch(),
          last.index(),
          committed,
          eligible,
          diskStuck,
          ready,
          serving,
          trouble,
          catalogClockMs);
    }
  }
}
