package toystore.model;

/**
 * How far a sequence of orders goes: two that share a mark have the same first orders. The catalog
 * keeps the highest mark of any leader, so it is the witness against replicas whose files went back
 * in time.
 *
 * @param orders how many there are
 * @param link of the chain over them (see the replicas' orders database)
 */
public record Mark(long orders, long link) {
  /** Of no orders at all. */
  public static final Mark NONE = new Mark(0, Chain.START);

  public Mark {
    Require.atLeast(0, "orders", orders);
  }
}
