package toystore.postgres;

import io.vertx.core.Future;
import toystore.desk.DatabaseTask.DeskRow;
import toystore.desk.DatabaseTask.TakenOffice;
import toystore.desk.DeskTurn;

/**
 * The database as a desk asks it. A call that fails says by its exception what the database said;
 * the desk makes of it what it means.
 */
public interface DatabasePort {
  /** Connects to the node at this place, and succeeds where a primary is there. */
  Future<Void> connect(int address);

  /** Closes the connection, and never cancels what is under way on it. */
  void disconnect();

  Future<DeskRow> look();

  /** Null where the row is not as expected any more. */
  Future<TakenOffice> takeOffice(DeskRow expected, DeskTurn.Pass pass);

  Future<Void> offer(DeskTurn.Pass pass);

  Future<DeskTurn.Outcome> turn(DeskTurn turn);
}
