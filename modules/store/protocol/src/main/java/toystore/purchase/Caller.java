package toystore.purchase;

/** Somebody who waits for the outcome of a purchase. {@link Purchases} hands it back, no more. */
public interface Caller {

  /** Called once, by the shell, when {@link PurchaseEffects#answers} has the outcome. */
  void take(PurchaseEffects.PurchaseAnswer answer);
}
