package toystore.stock;

import java.util.ArrayList;
import java.util.List;

/**
 * A change or a refusal that nobody may learn of yet. Those of one toy become known in the order in
 * which they were decided.
 */
final class PendingDecision {
  /** What asks for it waits under; {@link Ledger#ABSENT} for a restock, for which nobody asks. */
  private int row;

  final boolean change;
  final long writeId;
  final long stock;
  final long version;
  private final List<WaitingReply> waiting = new ArrayList<>(1);

  /**
   * @param stock units after it
   * @param version the toy's version after it
   */
  PendingDecision(int row, boolean change, long writeId, long stock, long version) {
    this.row = row;
    this.change = change;
    this.writeId = writeId;
    this.stock = stock;
    this.version = version;
  }

  int row() {
    return row;
  }

  void moveTo(int newRow) {
    row = newRow;
  }

  void join(WaitingReply reply) {
    reply.waitForOneMore();
    waiting.add(reply);
  }

  List<WaitingReply> waiting() {
    return waiting;
  }
}
