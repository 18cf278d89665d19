package toystore.history;

/** Counts what a search costs, in branches visited or compared, up to a limit. */
final class StepBudget {
  private final long limit;
  private long spent;

  StepBudget(long limit) {
    this.limit = limit;
  }

  void charge(long steps) {
    spent += steps;
  }

  boolean isSpent() {
    return spent >= limit;
  }

  long spent() {
    return spent;
  }
}
