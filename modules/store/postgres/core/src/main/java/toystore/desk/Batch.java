package toystore.desk;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import toystore.model.PurchaseRequest;

/** The questions of one turn, by kind. */
final class Batch {
  final List<DeskQuestion.Buy> purchases = new ArrayList<>();
  final List<DeskQuestion.Find> lookUps = new ArrayList<>();
  final List<DeskQuestion.ReadToys> reads = new ArrayList<>();
  final List<DeskQuestion.KeepSession> sessions = new ArrayList<>();
  final List<String> restock;
  final boolean wantsSoldOut;

  Batch(List<DeskQuestion> questions, List<String> restock, boolean wantsSoldOut) {
    this.restock = restock;
    this.wantsSoldOut = wantsSoldOut;
    for (DeskQuestion question : questions) {
      if (question instanceof DeskQuestion.Buy buy) {
        purchases.add(buy);
      } else if (question instanceof DeskQuestion.Find find) {
        lookUps.add(find);
      } else if (question instanceof DeskQuestion.ReadToys read) {
        reads.add(read);
      } else if (question instanceof DeskQuestion.KeepSession session) {
        sessions.add(session);
      } else {
        throw new AssertionError(question);
      }
    }
  }

  /** Toys that it may change. */
  Set<String> mayChange() {
    Set<String> names = new LinkedHashSet<>(restock);
    purchases.forEach(buy -> names.add(buy.purchase().name()));
    return names;
  }

  DeskTurn turn(DeskTurn.Pass pass, long clockMs) {
    Set<String> names = new LinkedHashSet<>();
    reads.stream().filter(read -> read.names() != null).forEach(read -> names.addAll(read.names()));
    List<PurchaseRequest> wanted =
        purchases.stream().map(DeskQuestion.Buy::purchase).toList();
    return new DeskTurn(
        pass,
        clockMs,
        wanted,
        purchases.stream().map(DeskQuestion.Buy::seenMs).toList(),
        lookUps.stream().map(DeskQuestion.Find::number).toList(),
        List.copyOf(names),
        reads.stream().anyMatch(read -> read.names() == null),
        restock,
        wantsSoldOut);
  }
}
