package toystore.desk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import toystore.stock.CatalogOptions.Leases;
import toystore.stock.Copies;
import toystore.stock.Invalidation;
import toystore.stock.Sessions;
import toystore.stock.Sessions.Session;
import toystore.stock.WaitingReply;

/**
 * Which front-ends may have a copy of which toy. Copies of a toy are called back before a turn may
 * change it, and nobody is told what came of that turn, or reads the toy, until they are gone. So a
 * turn whose outcome nobody knows does no harm: whatever it changed, no copy of it is left.
 *
 * <p>Owned by {@link DeskCore}.
 */
final class CopyRegister {
  /** A toy of which there are copies, or answers that wait for their end. */
  private static final class KeptToy {
    private final Copies copies = new Copies();
    private final Deque<WaitingReply> waiting = new ArrayDeque<>();
    private boolean calledBack;
  }

  private final Sessions sessions;
  private final long repushMs;
  private final int mostToys;
  private final Consumer<Invalidation> push;
  private final Consumer<WaitingReply> send;
  // Invariant: whatever is not here, nobody has a copy of. The longest here comes first.
  private final Map<String, KeptToy> toys = new LinkedHashMap<>();
  private long pushes;

  /**
   * @param mostToys of which copies are handed out at a time, about
   * @param push gets each message to a front-end
   * @param send gets each answer that may leave
   */
  CopyRegister(
      Leases leases, int mostToys, Consumer<Invalidation> push, Consumer<WaitingReply> send) {
    this.sessions = new Sessions(leases.sessionMs(), Sessions.NONE);
    this.repushMs = leases.repushMs();
    this.mostToys = mostToys;
    this.push = push;
    this.send = send;
  }

  Sessions sessions() {
    return sessions;
  }

  /** Messages to front-ends, repeated ones counted again. */
  long pushes() {
    return pushes;
  }

  /** Toys whose copies are being called back. */
  long callingBack() {
    return toys.values().stream().filter(toy -> toy.calledBack).count();
  }

  /**
   * Calls all copies of this toy back: a turn that may change it is about to begin.
   *
   * @param version above that of all copies: no later copy has a lower one
   */
  void callBack(String name, long version, long nowMs) {
    KeptToy toy = toys.get(name);
    if (toy != null) {
      toy.calledBack = true;
      tell(name, toy, version, nowMs);
    }
  }

  /** Whether this session may have a copy; it is noted then. */
  boolean handsOut(Session session, String name, long version, long nowMs) {
    KeptToy toy = toys.get(name);
    if (session == null || toy != null && toy.calledBack) {
      return false;
    }
    if (toy == null) {
      callBackOldest(version, nowMs);
      toy = new KeptToy();
      toys.put(name, toy);
    }
    toy.copies.note(session);
    return true;
  }

  /** The register has its bounds, whatever front-ends ask for. */
  private void callBackOldest(long version, long nowMs) {
    if (toys.size() >= mostToys) {
      // By the next turn: its version is above that of all copies.
      callBack(toys.keySet().iterator().next(), version + 1, nowMs);
    }
  }

  /** Holds the answer back for as long as copies of this toy are being called back. */
  void holdBack(String name, WaitingReply reply) {
    KeptToy toy = toys.get(name);
    if (toy != null && toy.calledBack) {
      reply.waitForOneMore();
      toy.waiting.add(reply);
    }
  }

  /** This session has dropped its copy of the toy, if that was older than the version. */
  void acknowledged(long session, String name, long version) {
    KeptToy toy = toys.get(name);
    if (toy != null) {
      toy.copies.acknowledge(session, version);
      if (toy.copies.isEmpty()) {
        toys.remove(name);
        release(toy);
      }
    }
  }

  /** Ends the sessions whose time is over, and their copies with them. */
  void closeOver(long nowMs, Consumer<Session> over) {
    for (Session session : sessions.closeOver(nowMs)) {
      over.accept(session);
      for (Iterator<KeptToy> each = toys.values().iterator(); each.hasNext(); ) {
        KeptToy toy = each.next();
        toy.copies.forget(session);
        if (toy.copies.isEmpty()) {
          each.remove();
          release(toy);
        }
      }
    }
  }

  /** Says again what was not acknowledged in time. */
  void tellAgain(long nowMs) {
    toys.forEach((name, toy) -> {
      if (toy.calledBack && toy.copies.nextRepushMs(repushMs) <= nowMs) {
        // The version is the one that each was told first.
        tell(name, toy, Long.MAX_VALUE, nowMs);
      }
    });
  }

  /** Gives all answers that are held back, some more than once, and forgets everything. */
  void clear(Consumer<WaitingReply> held) {
    toys.values().forEach(toy -> toy.waiting.forEach(held));
    toys.clear();
    sessions.closeOver(Long.MAX_VALUE);
  }

  private void tell(String name, KeptToy toy, long version, long nowMs) {
    toy.copies.tell(version, nowMs, repushMs, (session, told) -> {
      pushes++;
      push.accept(new Invalidation(session.id, session.address, name, told));
    });
  }

  private void release(KeptToy toy) {
    toy.waiting.forEach(reply -> {
      if (reply.happened()) {
        send.accept(reply);
      }
    });
  }
}
