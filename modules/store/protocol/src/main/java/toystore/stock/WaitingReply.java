package toystore.stock;

/** An answer that leaves when all it waits for has happened. */
public final class WaitingReply {
  public final long token;
  public final Object answer;
  private int reasons;

  public WaitingReply(long token, Object answer) {
    this.token = token;
    this.answer = answer;
  }

  /** One more thing must happen first. */
  public void waitForOneMore() {
    reasons++;
  }

  /** True when this was the last thing to wait for. */
  public boolean happened() {
    if (reasons == 0) {
      throw new IllegalStateException("reply " + token + " waits for nothing");
    }
    return --reasons == 0;
  }

  /** It will not leave. False where that was said before. */
  public boolean abandon() {
    boolean waited = reasons > 0;
    reasons = 0;
    return waited;
  }
}
