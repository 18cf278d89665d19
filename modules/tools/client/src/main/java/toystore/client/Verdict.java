package toystore.client;

import java.util.List;

/**
 * What became of the acknowledged orders. Pure data.
 *
 * @param acknowledged orders that clients were told they have
 * @param lookedUp of these, how many got an answer that settles the matter
 * @param findings every lost, wrong or doubled order
 */
public record Verdict(long acknowledged, long lookedUp, List<Finding> findings) {
  public Verdict {
    findings = List.copyOf(findings);
  }

  /** Orders about which nothing is known: the store did not answer, or there was no time to ask. */
  public long unverified() {
    return acknowledged - lookedUp;
  }

  long count(Finding.Kind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).count();
  }

  public long correct() {
    return lookedUp - count(Finding.Kind.LOST) - count(Finding.Kind.WRONG);
  }
}
