package toystore.desk;

import toystore.desk.DatabaseFailure.FailureKind;
import toystore.desk.DeskOptions.DeskTimes;

/**
 * The one line to the database: which address is tried, and what is under way. Standbys are never
 * read, so the line is of use only where a primary was found. Owned by {@link DeskCore}.
 */
final class DatabaseLine {
  private static final long NOTHING = 0;

  private final int addresses;
  private final DeskTimes times;
  private int address;
  private boolean connected;
  // Invariant: it never falls, so that a later connection has a higher one.
  private long number;
  // Invariant: one task at most is under way, and answers to any other are not heeded.
  private long underWay = NOTHING;
  private long lastId;
  private long sinceMs;
  private long notBeforeMs = Long.MIN_VALUE;
  private String trouble;

  DatabaseLine(int addresses, DeskTimes times) {
    this.addresses = addresses;
    this.times = times;
  }

  boolean isConnected() {
    return connected;
  }

  /** Whether something may be asked now. */
  boolean isFree(long nowMs) {
    return underWay == NOTHING && nowMs >= notBeforeMs;
  }

  /** Which address to try. */
  int address() {
    return address;
  }

  /** What is wrong, for a person; null where the last answer was as it should be. */
  String trouble() {
    return trouble;
  }

  /** A new task is under way; its id. */
  long begin(long nowMs) {
    underWay = ++lastId;
    sinceMs = nowMs;
    return underWay;
  }

  /** Whether an answer is to this task, which is over then. */
  boolean ends(long task) {
    if (task != underWay) {
      return false;
    }
    underWay = NOTHING;
    return true;
  }

  /** Counts connections. */
  long number() {
    return number;
  }

  void found() {
    number++;
    connected = true;
  }

  /** The database did what it should. */
  void well() {
    trouble = null;
  }

  /** Whether what is under way has had its time. */
  boolean isLate(long nowMs) {
    return underWay != NOTHING && nowMs - sinceMs >= times.turnMs();
  }

  /**
   * The task that was under way has failed.
   *
   * @return whether the connection is of no use any more
   */
  boolean failed(DatabaseFailure failure, long nowMs) {
    underWay = NOTHING;
    notBeforeMs = nowMs + times.retryMs();
    if (failure.kind() != FailureKind.FENCED) {
      trouble = failure.words();
    }
    if (failure.kind().keepsConnection()) {
      return false;
    }
    boolean had = connected;
    connected = false;
    // Whoever was the primary may be it no more, and another may.
    address = (address + 1) % addresses;
    return had;
  }
}
