package toystore.client;

import java.util.List;

/**
 * What became of the acknowledged orders. Pure data.
 *
 * @param acknowledged orders that clients were told they have
 * @param lookedUp of these, how many got an answer that settles the matter
 * @param findings every lost, wrong or doubled order
 */
public record OrdersVerdict(long acknowledged, long lookedUp, List<BadOrder> findings) {
  public OrdersVerdict {
    findings = List.copyOf(findings);
  }

  /** Orders about which nothing is known: the store did not answer, or there was no time to ask. */
  public long unverified() {
    return acknowledged - lookedUp;
  }

  long count(BadOrder.OrderFlaw kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).count();
  }

  /** Lost, wrong, doubled, or not known. */
  public long notAsPromised() {
    return findings.size() + unverified();
  }

  public long correct() {
    return lookedUp - count(BadOrder.OrderFlaw.LOST) - count(BadOrder.OrderFlaw.WRONG);
  }
}
