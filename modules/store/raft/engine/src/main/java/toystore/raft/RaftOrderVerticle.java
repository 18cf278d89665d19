package toystore.raft;

import toystore.order.OrderVerticle;

/** One order replica with the Raft engine; all else is as in {@link OrderVerticle}. */
public final class RaftOrderVerticle extends OrderVerticle {
  public RaftOrderVerticle() {
    this(new RaftEngine());
  }

  RaftOrderVerticle(RaftEngine engine) {
    super(engine);
  }
}
