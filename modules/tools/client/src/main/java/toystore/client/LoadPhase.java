package toystore.client;

/**
 * One event loop's part of a stretch of load: the warm-up, or the load that counts and the look-up
 * of its orders. Owned by that event loop.
 */
final class LoadPhase {
  private final long originNs;
  private final LatencyRecorder latencies;
  private final Tally tally = new Tally();
  private boolean stopped;

  /**
   * @param originNs when it begins, on every loop the same, by System.nanoTime
   */
  LoadPhase(long originNs) {
    this.originNs = originNs;
    this.latencies = new LatencyRecorder(originNs);
  }

  long elapsedNs() {
    return System.nanoTime() - originNs;
  }

  long originNs() {
    return originNs;
  }

  LatencyRecorder latencies() {
    return latencies;
  }

  Tally tally() {
    return tally;
  }

  /** Lets requests under way end, and starts no more. */
  void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }
}
