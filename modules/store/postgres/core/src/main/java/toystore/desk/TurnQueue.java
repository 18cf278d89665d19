package toystore.desk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import toystore.desk.DeskOptions.DeskBounds;

/**
 * Questions that wait for the next turn. What comes while one is under way goes together in the
 * next; what came of a turn nobody knows goes into the next one again, first, with the same keys.
 * Owned by {@link DeskCore}.
 */
final class TurnQueue {
  private final DeskBounds bounds;
  // Invariant: the oldest first; all have the same time, so that it is the first to be over.
  private final Deque<DeskQuestion> waiting = new ArrayDeque<>();
  private List<DeskQuestion> underWay = List.of();
  // Invariant: how many of those that wait do not concern stock.
  private int free;

  TurnQueue(DeskBounds bounds) {
    this.bounds = bounds;
  }

  int size() {
    return waiting.size() + underWay.size();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** False when too many wait. */
  boolean add(DeskQuestion question) {
    if (size() >= bounds.waiting()) {
      return false;
    }
    waiting.add(question);
    free += question.concernsStock() ? 0 : 1;
    return true;
  }

  /**
   * The questions of the next turn.
   *
   * @param stock whether those that concern stock may be asked
   */
  List<DeskQuestion> take(boolean stock) {
    List<DeskQuestion> taken = new ArrayList<>();
    if (!stock && free == 0) {
      return taken;
    }
    TurnSpace space = new TurnSpace(bounds.turn());
    for (Iterator<DeskQuestion> each = waiting.iterator(); each.hasNext() && space.isLeft(); ) {
      DeskQuestion question = each.next();
      if ((stock || !question.concernsStock()) && space.takes(question)) {
        taken.add(question);
        each.remove();
        free -= question.concernsStock() ? 0 : 1;
      }
    }
    underWay = taken;
    return taken;
  }

  /** The turn is durable: its questions have their answers. */
  void done() {
    underWay = List.of();
  }

  /** Nobody knows what came of the turn, or nothing did. */
  void again() {
    for (int i = underWay.size() - 1; i >= 0; i--) {
      waiting.addFirst(underWay.get(i));
      free += underWay.get(i).concernsStock() ? 0 : 1;
    }
    underWay = List.of();
  }

  /** Gives and forgets what came before this moment; a turn's own questions are not recalled. */
  void expire(long cameBeforeMs, Consumer<DeskQuestion> over) {
    while (!waiting.isEmpty() && waiting.peek().cameMs() < cameBeforeMs) {
      DeskQuestion oldest = waiting.remove();
      free -= oldest.concernsStock() ? 0 : 1;
      over.accept(oldest);
    }
  }

  /** Gives and forgets all of them. */
  void clear(Consumer<DeskQuestion> over) {
    again();
    waiting.forEach(over);
    waiting.clear();
    free = 0;
  }

  /** How much more one turn takes. */
  private static final class TurnSpace {
    private final int most;
    private int questions;
    private int names;

    private TurnSpace(int most) {
      this.most = most;
      questions = most;
      names = most;
    }

    private boolean isLeft() {
      return questions > 0;
    }

    /** A question that is larger than any turn goes alone. */
    private boolean takes(DeskQuestion question) {
      int size = question instanceof DeskQuestion.ReadToys read && read.names() != null
          ? read.names().size()
          : 0;
      if (size > names && names < most) {
        return false;
      }
      names -= size;
      questions--;
      return true;
    }
  }
}
