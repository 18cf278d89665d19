package toystore.model;

/**
 * In whose name the catalog is called, and on what ground.
 *
 * @param epoch of the leader who calls
 * @param incarnation the run of the catalog that this leader has compared its orders with
 * @param mark of the orders that the leader has applied
 */
public record Claim(long epoch, long incarnation, Mark mark) {
  public Claim {
    Require.that(epoch > Epochs.NONE && epoch <= Epochs.LAST, "epoch", epoch);
    Require.present("mark", mark);
  }
}
