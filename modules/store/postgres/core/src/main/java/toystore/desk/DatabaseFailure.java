package toystore.desk;

/**
 * What a failure of the database means for whoever asked it. The desk never asks the database to
 * cancel: a commit that waits for its standby would become visible without being safe.
 *
 * @param kind what follows from it
 * @param words for a person
 */
public record DatabaseFailure(FailureKind kind, String words) {
  /** The SQLSTATE that a desk's own functions raise when it is not in office any more. */
  public static final String FENCED_STATE = "TS001";
  /** The SQLSTATE that they raise where a commit would not be durable enough. */
  public static final String UNSAFE_STATE = "TS002";

  /** What follows from a failure. */
  public enum FailureKind {
    /** The connection is of no use, the outcome is unknown: find the primary, ask again. */
    LOST,
    /** Nothing was done, and the same may succeed in a moment on the same connection. */
    AGAIN,
    /** This is no primary: find it. */
    STANDBY,
    /** Another desk is in office: nothing was done. */
    FENCED,
    /** The database would not keep what it acknowledges: nothing was done. */
    UNSAFE,
    /** Something that a person must put right. */
    BROKEN;

    /** Whether the connection may be used again. */
    boolean keepsConnection() {
      return this == AGAIN || this == FENCED;
    }
  }

  /** No answer came at all, or none that could be read. */
  public static DatabaseFailure lost(String words) {
    return new DatabaseFailure(FailureKind.LOST, words);
  }

  /** By the five characters of SQLSTATE; null where the failure was none of the database's. */
  public static DatabaseFailure of(String sqlState, String words) {
    return new DatabaseFailure(kindOf(sqlState), words);
  }

  private static FailureKind kindOf(String state) {
    if (state == null) {
      return FailureKind.LOST;
    }
    return switch (state) {
      case FENCED_STATE -> FailureKind.FENCED;
      case UNSAFE_STATE -> FailureKind.UNSAFE;
      // A standby refuses to write.
      case "25006" -> FailureKind.STANDBY;
      // Serialization, deadlock, and a lock that an earlier turn of ours still holds.
      case "40001", "40P01", "55P03" -> FailureKind.AGAIN;
      default -> kindOfClass(state);
    };
  }

  /** Connections, shut-downs, and too few resources pass; the rest is for people. */
  private static FailureKind kindOfClass(String state) {
    boolean passes = state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
    return passes ? FailureKind.LOST : FailureKind.BROKEN;
  }
}
