package toystore.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import toystore.edge.Leg;
import toystore.evaluation.LegNode.Arrangement;
import toystore.evaluation.LegNode.Side;

/** How the legs that services measure make up a purchase. Pure. */
final class PurchaseTree {
  private static final String THERE_AND_BACK = "HTTP, there and back";
  private static final String REPLICA = "order-";

  private final Map<String, ServiceFigures> before;
  private final Map<String, ServiceFigures> after;
  private final String leader;
  private final double purchases;

  private PurchaseTree(
      Map<String, ServiceFigures> before, Map<String, ServiceFigures> after, String leader) {
    this.before = before;
    this.after = after;
    this.leader = leader;
    this.purchases = times(frontEnd(), Leg.PURCHASE, "").count();
  }

  /**
   * The purchases between two readings of the figures of all services, by name.
   *
   * @param client how the clients saw them
   * @param leader the replica that led all the while
   */
  static LegNode of(
      LegHistogram client,
      Map<String, ServiceFigures> before,
      Map<String, ServiceFigures> after,
      String leader) {
    PurchaseTree tree = new PurchaseTree(before, after, leader);
    return LegNode.leaf("purchase, as a client sees it", Side.CLIENT, client, client.count())
        .of(Arrangement.IN_TURN, "client, and HTTP there and back", tree.frontEndPart());
  }

  private static String frontEnd() {
    return "front-end";
  }

  private LegNode frontEndPart() {
    return leg("at the front-end", Side.FRONT_END, Leg.PURCHASE)
        .of(
            Arrangement.IN_TURN,
            "reads, checks, answers",
            leg("waits for a call to the leader", Side.FRONT_END, Leg.BUY_WAIT),
            leg("call to the leader", Side.FRONT_END, Leg.BUY_CALL)
                .of(Arrangement.IN_TURN, THERE_AND_BACK, leaderPart()));
  }

  private LegNode leaderPart() {
    return leg("at the leader", Side.LEADER, Leg.BUY)
        .of(
            Arrangement.IN_TURN,
            "",
            leg("waits for a call to the catalog", Side.LEADER, Leg.RESERVE_WAIT),
            leg("call to the catalog: reserve", Side.LEADER, Leg.RESERVE_CALL)
                .of(Arrangement.IN_TURN, THERE_AND_BACK, catalogPart()),
            leg("goes to the log", Side.LEADER, Leg.PROPOSE_WAIT),
            leg("replicate, until a majority has it", Side.LEADER, Leg.REPLICATE)
                .of(Arrangement.MAJORITY, "waits for these, applies", replicateParts()),
            leg("settle: the catalog notes the sale", Side.LEADER, Leg.SETTLE_CALL)
                .of(Arrangement.ASIDE, ""),
            leg("answers", Side.LEADER, Leg.ANSWER));
  }

  private LegNode catalogPart() {
    LegNode turn = leg("waits for the disk", Side.CATALOG, Leg.COMMIT_WAIT);
    LegNode commit = leg("commit: rows and fsync", Side.CATALOG, Leg.COMMIT);
    return leg("at the catalog", Side.CATALOG, Leg.RESERVE)
        .of(
            Arrangement.TOGETHER,
            "decides, waits for the last of its batch",
            inTurn("durable", turn, commit),
            leg("invalidate: caches drop the toy", Side.CATALOG, Leg.INVALIDATE));
  }

  /** Two legs that follow each other as one, since each purchase has both. */
  private LegNode inTurn(String label, LegNode first, LegNode second) {
    LegHistogram both =
        second.times().ofMean(first.times().seconds() + second.times().seconds());
    return LegNode.leaf(label, second.side(), both, purchases)
        .of(Arrangement.IN_TURN, "", first, second);
  }

  private LegNode[] replicateParts() {
    List<LegNode> parts = new ArrayList<>();
    parts.add(leg("the leader's log: write and fsync", Side.LEADER, Leg.LOG));
    for (String service : after.keySet()) {
      if (service.startsWith(REPLICA) && !service.equals(leader)) {
        parts.add(call(service));
      }
    }
    return parts.toArray(LegNode[]::new);
  }

  private LegNode call(String follower) {
    String id = follower.substring(REPLICA.length());
    LegNode call = LegNode.leaf(
        "call to " + follower + ": append",
        Side.LEADER,
        times(leader, Leg.APPEND_CALL, id),
        purchases);
    LegNode append =
        LegNode.leaf("at " + follower, Side.FOLLOWER, times(follower, Leg.APPEND, ""), purchases);
    LegNode log = LegNode.leaf(
        follower + "'s log: write and fsync",
        Side.FOLLOWER,
        times(follower, Leg.LOG, ""),
        purchases);
    return call.of(
        Arrangement.IN_TURN,
        THERE_AND_BACK,
        append.of(Arrangement.IN_TURN, "reads, checks, answers", log));
  }

  private LegNode leg(String label, Side side, Leg leg) {
    return LegNode.leaf(label, side, times(service(side), leg, ""), purchases);
  }

  private String service(Side side) {
    return switch (side) {
      case LEADER -> leader;
      case CATALOG -> "catalog";
      case FRONT_END -> frontEnd();
      case CLIENT, FOLLOWER -> throw new IllegalArgumentException("no one service is " + side);
    };
  }

  private LegHistogram times(String service, Leg leg, String to) {
    return after.get(service).leg(leg, to).since(before.get(service).leg(leg, to));
  }
}
