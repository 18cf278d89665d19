package toystore.operations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import toystore.model.ToyBooks;

/** What an audit found. */
public final class AuditReport {
  /** Whether the store keeps its promises. */
  public enum Verdict {
    HOLDS,
    BROKEN,
    /** A service is down, or the store never came to rest. */
    CANNOT_TELL;

    /** What a command with this verdict exits with. */
    public int exitCode() {
      return ordinal();
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private final Verdict verdict;
  private final List<String> findings;
  private final AuditSample sample;

  AuditReport(Verdict verdict, List<String> findings, AuditSample sample) {
    this.verdict = verdict;
    this.findings = List.copyOf(findings);
    this.sample = sample;
  }

  public Verdict verdict() {
    return verdict;
  }

  /** What is broken, or why it cannot be told. */
  public List<String> findings() {
    return findings;
  }

  /** The last numbers seen. */
  AuditSample sample() {
    return sample;
  }

  /** Orders of the replica that has most. */
  public long orders() {
    return sample.replicas().values().stream()
        .mapToLong(AuditSample.ReplicaBooks::orders)
        .max()
        .orElse(0);
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object().put("verdict", verdict.toString()).put("orders", orders());
    ArrayNode reasons = json.putArray("findings");
    findings.forEach(reasons::add);
    ArrayNode toys = json.putArray("toys");
    for (ToyBooks toy : sample.toys()) {
      toys.addObject()
          .put("name", toy.name())
          .put("initial", toy.initial())
          .put("restocked", toy.restocked())
          .put("inStock", toy.inStock())
          .put("held", toy.held())
          .put("sold", toy.sold());
    }
    ArrayNode replicas = json.putArray("replicas");
    sample.replicas().forEach((name, books) -> replicas
        .addObject()
        .put("service", name)
        .put("orders", books.orders())
        .put("digest", books.digest()));
    return json;
  }

  @Override
  public String toString() {
    return verdict + (findings.isEmpty() ? "" : ": " + String.join("; ", findings));
  }
}
