package toystore.model;

/**
 * A leader in its epoch, as whoever says so knows it.
 *
 * @param id 0 for nobody
 */
public record KnownLeader(int id, long epoch) {
  public static final KnownLeader NONE = new KnownLeader(0, Epochs.NONE);

  public KnownLeader {
    Require.that(epoch >= Epochs.NONE && epoch <= Epochs.LAST, "epoch", epoch);
    Require.atLeast(0, "leader", id);
  }
}
