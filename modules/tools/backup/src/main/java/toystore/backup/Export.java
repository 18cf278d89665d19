package toystore.backup;

import toystore.backup.ExportLine.ExportEnd;
import toystore.backup.ExportLine.ExportHead;

/** What is known of an export that was read or written to its end. */
public record Export(ExportHead head, ExportEnd end) {
  /** The version of this program, which each export names. */
  public static final String PROGRAM = "1.0.0";

  public String engine() {
    return head.engine();
  }

  public String time() {
    return head.time();
  }

  /**
   * What the clock, by which requests have an age, must show in a store that is made of this. A
   * refusal does not travel, so no copy of a request that was refused may be decided.
   */
  public long clockMs() {
    return head.clockMs() + StoreMaker.SKIPPED_MS;
  }

  public int toys() {
    return end.toys();
  }

  public long orders() {
    return end.orders();
  }

  /** Purchases that have no number yet: the first leader makes orders of them. */
  public long holds() {
    return end.holds();
  }

  /** Of the chain over all orders. */
  long link() {
    return Long.parseUnsignedLong(end.link(), 16);
  }
}
