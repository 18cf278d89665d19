package toystore.console;

import toystore.model.Epochs;
import toystore.model.KnownLeader;

/**
 * What people call those who may lead, and what these do, in one kind of store. Pure.
 *
 * @param desks whether they are desks on a database; else replicas
 * @param elects whether replicas elect their leader
 */
record LeaderWords(boolean desks, boolean elects) {
  static LeaderWords of(Outlook now) {
    return new LeaderWords(now.isDesks(), now.elects());
  }

  String name(int id) {
    return (desks ? "desk-" : "order-") + id;
  }

  /** It is on its way to lead. */
  String comes(KnownLeader awaited) {
    return name(awaited.id())
        + (desks ? " takes over in " : elects ? " stands for " : " was appointed in ")
        + epoch(awaited)
        + (desks ? ": it waits until all leases of before are over." : ".");
  }

  /** It leads from now on. */
  String begins(KnownLeader leader) {
    return name(leader.id())
        + (desks ? " took over in " : elects ? " was elected in " : " leads in ")
        + epoch(leader) + ".";
  }

  String leads(KnownLeader leader) {
    return name(leader.id()) + (desks ? " is in office in " : " leads in ") + epoch(leader);
  }

  /** Between its name and what becomes of it. */
  String asLeader() {
    return desks ? ", in office," : ", the leader,";
  }

  /** How it is back, when it has nothing to catch up with. */
  String isLevel() {
    return desks ? ", and stands by." : ", and level.";
  }

  /** Why a store waits whose leader is there. */
  String whoIsAway(boolean catalogLives) {
    return desks
        ? "The database did not answer"
        : catalogLives ? "No majority answered" : "The catalog did not answer";
  }

  private String epoch(KnownLeader leader) {
    long epoch = leader.epoch();
    // A desk's epoch is a number, as its database counts them.
    String plain = desks ? Long.toString(Epochs.counter(epoch)) : Epochs.text(epoch);
    return elects && !desks ? "term " + Epochs.counter(epoch) : "epoch " + plain;
  }
}
