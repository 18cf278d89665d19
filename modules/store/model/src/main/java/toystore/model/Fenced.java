package toystore.model;

import java.util.List;

/**
 * The catalog's answer to a fence.
 *
 * @param accepted whether older epochs are refused from now on; else another office has this epoch,
 *     or a later one
 * @param fence the epoch that the catalog obeys
 * @param incarnation names this run of the catalog
 * @param mark the highest that a leader has told
 * @param holds all purchases whose stock is taken and that are not known to be orders
 */
public record Fenced(
    boolean accepted, long fence, long incarnation, Mark mark, List<PurchaseRequest> holds) {
  public Fenced {
    Require.that(fence >= Epochs.NONE && fence <= Epochs.LAST, "fence", fence);
    Require.present("mark", mark);
    Require.noNull("holds", holds);
    holds = List.copyOf(holds);
  }
}
