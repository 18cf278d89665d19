package toystore.purchase;

import java.util.ArrayList;
import java.util.List;
import toystore.model.PurchaseRequest;
import toystore.replication.Input;

/** What {@link Purchases} wants done beside calls and answers, until it is taken. */
final class PurchaseOutbox {
  private List<PurchaseRequest> proposals = new ArrayList<>();
  private List<String> notes = new ArrayList<>();
  private List<Input> tell = new ArrayList<>();
  private boolean resign;

  void propose(PurchaseRequest purchase) {
    proposals.add(purchase);
  }

  void note(String text) {
    notes.add(text);
  }

  /** The core is to be told this. */
  void tell(Input input) {
    tell.add(input);
  }

  void resign() {
    resign = true;
  }

  /** The office is lost: the log does not take proposals from here any more. */
  void dropProposals() {
    proposals.clear();
    tell.clear();
  }

  PurchaseEffects take(CallsInFlight catalog, UnderWay underWay) {
    List<PurchaseRequest> propose = proposals;
    List<String> noted = notes;
    List<Input> told = tell;
    if (!told.isEmpty()) {
      tell = new ArrayList<>();
    }
    if (!propose.isEmpty()) {
      proposals = new ArrayList<>();
    }
    if (!noted.isEmpty()) {
      notes = new ArrayList<>();
    }
    PurchaseEffects effects = new PurchaseEffects(
        catalog.takeCalls(),
        propose.isEmpty() ? List.of() : propose,
        underWay.takeAnswers(),
        told.isEmpty() ? List.of() : told,
        resign,
        noted.isEmpty() ? List.of() : noted);
    resign = false;
    return effects;
  }
}
