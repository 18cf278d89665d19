package toystore.desk;

import java.util.Objects;

/**
 * What the database is to be asked: one thing at a time.
 *
 * @param id to be given back with the answer
 * @param address where the primary is looked for, with FIND_PRIMARY
 * @param expected what the desk's row must still say, with TAKE_OFFICE
 * @param pass with TAKE_OFFICE, for its orders, and with OFFER
 * @param turn with TURN
 */
public record DatabaseTask(
    long id, TaskKind kind, int address, DeskRow expected, DeskTurn.Pass pass, DeskTurn turn) {
  /** What is asked. */
  public enum TaskKind {
    /** Connect to an address, and see whether a primary is there that may be used. */
    FIND_PRIMARY,
    /** Read the desk's row. */
    LOOK,
    /** Begin a new epoch, if the desk's row is still as it was seen. */
    TAKE_OFFICE,
    /** Make the toys on offer known, with their prices. */
    OFFER,
    TURN
  }

  /**
   * Who is in office.
   *
   * @param epoch counts offices, from 1; 0 for none yet
   * @param beat counts turns
   * @param nextNumber of the next order
   * @param connected whether the desk in office has its connection still
   */
  public record DeskRow(long epoch, long beat, long nextNumber, boolean connected) {}

  /**
   * An office that was taken.
   *
   * @param clockMs the last reading that the desk before this one wrote
   * @param sessionMs how long a cache may be served that the desk before this one allowed
   * @param offered whether the toys on offer are those that the database knows
   */
  public record TakenOffice(
      long epoch, long beat, long nextNumber, long clockMs, long sessionMs, boolean offered) {}

  static DatabaseTask findPrimary(long id, int address) {
    return new DatabaseTask(id, TaskKind.FIND_PRIMARY, address, null, null, null);
  }

  static DatabaseTask look(long id) {
    return new DatabaseTask(id, TaskKind.LOOK, 0, null, null, null);
  }

  static DatabaseTask takeOffice(long id, DeskRow expected, DeskTurn.Pass pass) {
    return new DatabaseTask(
        id, TaskKind.TAKE_OFFICE, 0, Objects.requireNonNull(expected, "expected"), pass, null);
  }

  static DatabaseTask offer(long id, DeskTurn.Pass pass) {
    return new DatabaseTask(id, TaskKind.OFFER, 0, null, pass, null);
  }

  static DatabaseTask turn(long id, DeskTurn turn) {
    return new DatabaseTask(id, TaskKind.TURN, 0, null, turn.pass(), turn);
  }
}
