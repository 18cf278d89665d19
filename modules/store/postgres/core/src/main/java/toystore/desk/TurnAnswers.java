package toystore.desk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import toystore.desk.DeskTurn.Decided;
import toystore.desk.DeskTurn.Outcome;
import toystore.desk.DeskTurn.ToyLine;
import toystore.model.Order;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.stock.CatalogMessages.Lease;
import toystore.stock.CatalogMessages.ToyState;
import toystore.stock.CatalogMessages.Toys;
import toystore.stock.CatalogOptions.Leases;
import toystore.stock.Sessions.Session;
import toystore.stock.WaitingReply;

/**
 * Makes answers of what came of a turn. What concerns a toy waits until all older copies of it are
 * gone. Owned by {@link DeskCore}.
 */
final class TurnAnswers {
  /** Sessions that one turn can open: their ids are told apart by their place in it. */
  private static final int SESSIONS_OF_A_TURN = 1 << 14;

  private final Leases leases;
  private final int mostSessions;
  private final CopyRegister copies;
  private final Consumer<WaitingReply> send;
  private final Consumer<String> facts;

  /** @param send gets each answer that may leave at once */
  TurnAnswers(
      Leases leases,
      int mostSessions,
      CopyRegister copies,
      Consumer<WaitingReply> send,
      Consumer<String> facts) {
    this.leases = leases;
    this.mostSessions = mostSessions;
    this.copies = copies;
    this.send = send;
    this.facts = facts;
  }

  /** Answers all questions of the turn, now or when they may be. */
  void give(Batch batch, Outcome outcome, long nowMs) {
    for (int i = 0; i < batch.purchases.size(); i++) {
      decided(batch.purchases.get(i), outcome.decided().get(i));
    }
    for (int i = 0; i < batch.lookUps.size(); i++) {
      found(batch.lookUps.get(i), outcome.orders().get(i));
    }
    Map<String, ToyLine> lines = new LinkedHashMap<>();
    outcome.toys().forEach(line -> lines.put(line.name(), line));
    batch.reads.forEach(read -> read(read, lines, outcome.beat(), nowMs));
    for (int i = 0; i < batch.sessions.size(); i++) {
      keep(batch.sessions.get(i), outcome.beat() * SESSIONS_OF_A_TURN + i, nowMs);
    }
  }

  private void decided(DeskQuestion.Buy buy, Decided decided) {
    Object answer =
        switch (decided.verdict()) {
          case ORDERED -> decided.number();
          case OUT_OF_STOCK -> new StoreException(StoreError.OUT_OF_STOCK, "not enough in stock");
          case NO_SUCH_TOY -> new StoreException(StoreError.TOY_NOT_FOUND, "no such toy");
          case KEY_REUSED ->
            new StoreException(
                StoreError.KEY_REUSED, "the key belongs to a purchase with another body");
          case TOO_OLD ->
            new StoreException(StoreError.UNAVAILABLE, "the request is too old to be decided");
        };
    WaitingReply reply = begin(buy.token(), answer);
    copies.holdBack(buy.purchase().name(), reply);
    end(reply);
  }

  private void found(DeskQuestion.Find find, Order order) {
    Object answer = order == null
        ? new StoreException(StoreError.ORDER_NOT_FOUND, "no order has this number")
        : order;
    end(begin(find.token(), answer));
  }

  private void read(DeskQuestion.ReadToys read, Map<String, ToyLine> lines, long beat, long nowMs) {
    Session session = copies.sessions().find(read.session());
    List<String> names = read.names() == null ? List.copyOf(lines.keySet()) : read.names();
    List<ToyState> states = new ArrayList<>(names.size());
    WaitingReply reply = begin(read.token(), new Toys(states));
    for (String name : names) {
      ToyLine line = lines.get(name);
      states.add(line == null ? null : state(line, session, beat, nowMs));
      copies.holdBack(name, reply);
    }
    end(reply);
  }

  /** Versions are those of turns: a later read of any toy never has a lower one. */
  private ToyState state(ToyLine line, Session session, long beat, long nowMs) {
    boolean cacheable = copies.handsOut(session, line.name(), beat, nowMs);
    return new ToyState(line.name(), line.priceCents(), line.stock(), beat, cacheable);
  }

  private void keep(DeskQuestion.KeepSession asked, long newId, long nowMs) {
    Object answer = asked.session() == 0 ? open(asked, newId, nowMs) : renew(asked, nowMs);
    end(begin(asked.token(), answer));
  }

  private Object open(DeskQuestion.KeepSession asked, long newId, long nowMs) {
    if (copies.sessions().size() >= mostSessions) {
      return new StoreException(StoreError.UNAVAILABLE, "too many sessions");
    }
    Session session = copies.sessions().open(newId, asked.frontEnd(), asked.address(), nowMs);
    facts.accept("session=" + session.id + " frontEnd=" + session.frontEnd + " became=OPEN");
    return new Lease(session.id, leases.leaseMs());
  }

  private Object renew(DeskQuestion.KeepSession asked, long nowMs) {
    return copies.sessions().renew(asked.session(), nowMs)
        ? new Lease(asked.session(), leases.leaseMs())
        : new StoreException(StoreError.SESSION_EXPIRED, "session " + asked.session() + " is over");
  }

  private static WaitingReply begin(long token, Object answer) {
    WaitingReply reply = new WaitingReply(token, answer);
    reply.waitForOneMore(); // For the end of its making.
    return reply;
  }

  private void end(WaitingReply reply) {
    if (reply.happened()) {
      send.accept(reply);
    }
  }
}
