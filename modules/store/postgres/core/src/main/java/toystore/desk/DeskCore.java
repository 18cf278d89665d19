package toystore.desk;

import java.util.List;
import toystore.desk.DatabaseFailure.FailureKind;
import toystore.desk.DatabaseTask.DeskRow;
import toystore.desk.DatabaseTask.TakenOffice;
import toystore.desk.DeskOffice.Stage;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.stock.FrontEndMessages.ToyChange;
import toystore.stock.WaitingReply;

/**
 * Decides all that a desk decides: whether it is in office, what goes into the next turn, when an
 * answer may leave, and what to do when the database fails. Pure: time comes in as {@code nowMs} of
 * one monotonic clock, and what must be done comes back as effects, to be carried out in step
 * order.
 *
 * <p>Nothing is answered but from a turn: a transaction that wrote, and whose commit was
 * acknowledged. One turn is in flight at a time.
 */
public final class DeskCore {
  private final DeskOptions options;
  private final DatabaseLine line;
  private final DeskOffice office;
  private final TurnQueue queue;
  private final CopyRegister copies;
  private final TurnAnswers answers;
  // Invariant: of the step that is under way only; each step begins with empty effects.
  private DeskEffects effects = new DeskEffects();
  // Invariant: null unless a turn is under way.
  private Batch batch;
  private List<String> soldOut = List.of();
  private long nextRestockMs;
  private long turns;
  private long sold;
  private long refused;

  public DeskCore(DeskOptions options, long nowMs) {
    this.options = options;
    this.line = new DatabaseLine(options.addresses(), options.times());
    this.office = new DeskOffice(options.times(), options.leases().sessionMs());
    this.queue = new TurnQueue(options.bounds());
    this.copies = new CopyRegister(
        options.leases(), options.bounds().copies(), push -> effects.push(push), this::send);
    this.answers = new TurnAnswers(
        options.leases(),
        options.bounds().sessions(),
        copies,
        this::send,
        fact -> effects.fact(fact));
    this.nextRestockMs = nowMs + options.restocking().periodMs();
  }

  /** Answered by the order's number. */
  public DeskEffects buy(long token, PurchaseRequest purchase, long seenMs, long nowMs) {
    return ask(new DeskQuestion.Buy(token, nowMs, purchase, seenMs), nowMs);
  }

  /** Answered by the order. */
  public DeskEffects find(long token, long number, long nowMs) {
    return ask(new DeskQuestion.Find(token, nowMs, number), nowMs);
  }

  /** Answered by these toys, null for each that there is not. */
  public DeskEffects read(long token, long session, List<String> names, long nowMs) {
    return ask(new DeskQuestion.ReadToys(token, nowMs, session, names), nowMs);
  }

  /** Answered by all toys. */
  public DeskEffects readAll(long token, long nowMs) {
    return ask(new DeskQuestion.ReadToys(token, nowMs, 0, null), nowMs);
  }

  /** Opens a session for a front-end whose cache is empty. Answered by its lease. */
  public DeskEffects hello(long token, int frontEnd, String address, long nowMs) {
    return ask(new DeskQuestion.KeepSession(token, nowMs, 0, frontEnd, address), nowMs);
  }

  /**
   * Extends a session. Answered by its lease. That takes a turn: a desk that is not in office any
   * more must not make a cache good for longer.
   */
  public DeskEffects renew(long token, long session, long nowMs) {
    return ask(new DeskQuestion.KeepSession(token, nowMs, Math.max(1, session), 0, ""), nowMs);
  }

  /** A session has dropped its copies of these toys. */
  public DeskEffects acknowledged(long session, List<ToyChange> dropped, long nowMs) {
    begin(nowMs);
    dropped.forEach(change -> copies.acknowledged(session, change.name(), change.version()));
    return finish(nowMs);
  }

  /** A primary that may be used was found, and the line to it is open. */
  public DeskEffects found(long task, long nowMs) {
    return after(task, nowMs, () -> {
      line.found();
      effects.fact("database=" + line.address() + " became=CONNECTED");
    });
  }

  /** The desk's row was read. */
  public DeskEffects looked(long task, DeskRow row, long nowMs) {
    return after(task, nowMs, () -> {
      if (row.nextNumber() < office.orders()) {
        fail(DatabaseFailure.of(DatabaseFailure.UNSAFE_STATE, "the database lacks orders"), nowMs);
      } else {
        line.well();
        office.looked(row, nowMs);
      }
    });
  }

  /** This desk is in office; null where the row was another by then. */
  public DeskEffects tookOffice(long task, TakenOffice taken, long nowMs) {
    return after(task, nowMs, () -> {
      line.well();
      if (taken == null) {
        office.notTaken();
      } else {
        effects.fact("epoch=" + taken.epoch() + " became=IN_GRACE");
        office.taken(taken, nowMs);
      }
    });
  }

  /** The toys on offer are known to the database. */
  public DeskEffects offered(long task, long nowMs) {
    return after(task, nowMs, office::offered);
  }

  /** A turn was committed, and the database has acknowledged that. */
  public DeskEffects turned(long task, DeskTurn.Outcome outcome, long nowMs) {
    return after(task, nowMs, () -> {
      line.well();
      office.turned(outcome.beat(), outcome.nextNumber());
      Batch done = batch;
      batch = null;
      queue.done();
      count(outcome);
      soldOut = done.wantsSoldOut ? outcome.soldOut() : soldOut;
      answers.give(done, outcome, nowMs);
    });
  }

  /** A task failed. Whether it was carried out nobody knows, unless the failure says so. */
  public DeskEffects failed(long task, DatabaseFailure failure, long nowMs) {
    begin(nowMs);
    if (line.ends(task)) {
      fail(failure, nowMs);
    }
    return finish(nowMs);
  }

  /** Time has passed. To be called every few milliseconds. */
  public DeskEffects tick(long nowMs) {
    begin(nowMs);
    if (line.isLate(nowMs)) {
      fail(DatabaseFailure.lost("the database has not answered for too long"), nowMs);
    }
    copies.tellAgain(nowMs);
    queue.expire(
        nowMs - options.times().deadlineMs(),
        question -> effects.refuse(
            question.token(), new StoreException(StoreError.UNAVAILABLE, "no answer in time")));
    return finish(nowMs);
  }

  public DeskStatus status(long nowMs) {
    String role =
        office.stage() == Stage.IN_OFFICE ? "active" : office.isHeld() ? "taking over" : "standby";
    return new DeskStatus(
        role,
        office.isHeld()
            ? office.epoch()
            : office.seen() == null ? 0 : office.seen().epoch(),
        office.orders(),
        line.isConnected(),
        line.trouble(),
        office.isHeld() ? office.toldClockMs() : 0,
        queue.size(),
        copies.sessions().size(),
        copies.callingBack(),
        copies.pushes(),
        turns,
        sold,
        refused,
        Math.max(0, nextRestockMs - nowMs));
  }

  private DeskEffects ask(DeskQuestion question, long nowMs) {
    begin(nowMs);
    if (!office.isHeld()) {
      refuse(question);
    } else if (!queue.add(question)) {
      effects.refuse(
          question.token(), new StoreException(StoreError.UNAVAILABLE, "too many requests wait"));
    }
    return finish(nowMs);
  }

  private void begin(long nowMs) {
    effects = new DeskEffects();
    copies.closeOver(nowMs, session -> {
      effects.over(session.id);
      effects.fact("session=" + session.id + " frontEnd=" + session.frontEnd + " became=OVER");
    });
  }

  private DeskEffects after(long task, long nowMs, Runnable act) {
    begin(nowMs);
    if (line.ends(task)) {
      act.run();
    }
    return finish(nowMs);
  }

  private void fail(DatabaseFailure failure, long nowMs) {
    batch = null;
    queue.again();
    if (!failure.words().equals(line.trouble())) { // Said once, however often it is tried.
      effects.fact("database=" + line.address() + " failure=" + failure.kind() + " words="
          + failure.words());
    }
    if (line.failed(failure, nowMs)) {
      effects.disconnect();
    }
    if (failure.kind() == FailureKind.FENCED && office.isHeld()) {
      effects.fact("epoch=" + office.epoch() + " became=STANDING_BY");
      office.lose();
      giveUpOffice();
    }
  }

  /** Whoever waits is sent to the desk that is in office. */
  private void giveUpOffice() {
    batch = null;
    soldOut = List.of();
    queue.clear(this::refuse);
    copies.clear(reply -> {
      if (reply.abandon()) {
        effects.refuse(reply.token, notInOffice());
      }
    });
  }

  private void refuse(DeskQuestion question) {
    effects.refuse(question.token(), notInOffice());
  }

  private static StoreException notInOffice() {
    return new StoreException(StoreError.NOT_LEADER, "this desk is not in office");
  }

  private DeskEffects finish(long nowMs) {
    if (office.endsGrace(nowMs)) {
      effects.fact("epoch=" + office.epoch() + " became=IN_OFFICE");
    }
    if (line.isFree(nowMs)) {
      next(nowMs);
    }
    return effects;
  }

  private void next(long nowMs) {
    if (!line.isConnected()) {
      effects.ask(DatabaseTask.findPrimary(line.begin(nowMs), line.address()));
    } else if (office.mustTake()) {
      effects.ask(DatabaseTask.takeOffice(line.begin(nowMs), office.seen(), pass()));
    } else if (office.mustLook(nowMs)) {
      effects.ask(DatabaseTask.look(line.begin(nowMs)));
    } else if (office.mustOffer()) {
      effects.ask(DatabaseTask.offer(line.begin(nowMs), pass()));
    } else if (office.isHeld() && (!queue.isEmpty() || office.mustBeat(nowMs))) {
      turn(nowMs);
    }
  }

  private void turn(long nowMs) {
    boolean inOffice = office.stage() == Stage.IN_OFFICE;
    List<DeskQuestion> questions = queue.take(inOffice);
    if (questions.isEmpty() && !office.mustBeat(nowMs)) {
      return; // What waits, waits for the grace to end.
    }
    List<String> restock = inOffice ? soldOut : List.of();
    boolean looksForSoldOut = inOffice && nowMs >= nextRestockMs;
    if (looksForSoldOut) {
      nextRestockMs = nowMs + options.restocking().periodMs();
    }
    batch = new Batch(questions, restock, looksForSoldOut);
    soldOut = List.of();
    long clockMs = office.began(nowMs);
    // Before the turn begins: what it changes, if anything, nobody may have a copy of.
    batch.mayChange().forEach(name -> copies.callBack(name, office.beat() + 1, nowMs));
    effects.ask(DatabaseTask.turn(line.begin(nowMs), batch.turn(pass(), clockMs)));
  }

  private DeskTurn.Pass pass() {
    return new DeskTurn.Pass(office.epoch(), line.number(), office.orders());
  }

  private void count(DeskTurn.Outcome outcome) {
    turns++;
    for (DeskTurn.Decided decided : outcome.decided()) {
      sold += decided.verdict() == DeskTurn.Verdict.ORDERED ? 1 : 0;
      refused += decided.verdict() == DeskTurn.Verdict.OUT_OF_STOCK ? 1 : 0;
    }
  }

  private void send(WaitingReply reply) {
    if (reply.answer instanceof StoreException refusal) {
      effects.refuse(reply.token, refusal);
    } else {
      effects.reply(reply.token, reply.answer);
    }
  }
}
