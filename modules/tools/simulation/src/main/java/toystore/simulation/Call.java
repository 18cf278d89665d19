package toystore.simulation;

import toystore.edge.CallFailure.FailureCause;

/**
 * A request over the network that ends once for its sender: with an answer, or without one. Without
 * one it may have been executed, or may yet be.
 */
final class Call<A> {
  /** Where the sender goes on. */
  interface Continuation<A> {
    /** Exactly one of both is null. */
    void take(A answer, FailureCause failure);
  }

  /** What the receiver does; it calls {@link Call#answer}, at once or later, or never. */
  interface CallRequest<A> {
    void serve(Call<A> call);
  }

  private final Network network;
  final VirtualService from;
  final VirtualService to;
  final String what;
  final CallRequest<A> request;
  private final Continuation<A> outcome;
  private final int fromLife;
  private boolean over;

  Call(
      Network network,
      VirtualService from,
      VirtualService to,
      String what,
      CallRequest<A> request,
      Continuation<A> outcome) {
    this.network = network;
    this.from = from;
    this.to = to;
    this.what = what;
    this.request = request;
    this.outcome = outcome;
    this.fromLife = from.life();
  }

  boolean isOver() {
    return over || fromLife != from.life();
  }

  /** The receiver's answer leaves now; a second one, to a doubled request, may come to nothing. */
  void answer(A answer) {
    if (!isOver()) {
      network.carryBack(this, answer);
    }
  }

  void receiverCrashed() {
    if (!isOver()) {
      network.breakOff(this);
    }
  }

  /** Ends it for the sender, in the sender's time. */
  void end(A answer, FailureCause failure) {
    if (!isOver()) {
      over = true;
      outcome.take(answer, failure);
    }
  }
}
