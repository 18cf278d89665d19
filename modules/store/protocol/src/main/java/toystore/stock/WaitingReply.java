package toystore.stock;

/** An answer that leaves when all it waits for has happened. */
final class WaitingReply {
  final long token;
  final Object answer;
  private int reasons;

  WaitingReply(long token, Object answer) {
    this.token = token;
    this.answer = answer;
  }

  void waitForOneMore() {
    reasons++;
  }

  /** True when this was the last thing to wait for. */
  boolean happened() {
    if (reasons == 0) {
      throw new IllegalStateException("reply " + token + " waits for nothing");
    }
    return --reasons == 0;
  }
}
