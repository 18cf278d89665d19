package toystore.systemtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import toystore.operations.AuditReport;
import toystore.operations.LocalStore;
import toystore.operations.ServiceStatus;
import toystore.operations.TemporaryStore;
import toystore.operations.TimeLimit;
import toystore.operations.UpOptions;

/**
 * A store of real processes for one test class: free ports, a temporary folder, and no process left
 * behind, whatever the tests do. The logs are kept under target/ of this module.
 */
final class RunningStore implements BeforeAllCallback, AfterAllCallback {
  static final List<String> SERVICES =
      List.of("catalog", "order-1", "order-2", "order-3", "front-end");

  private static final Duration AUDIT_LIMIT = Duration.ofSeconds(120);
  private static final Duration WAIT_LIMIT = Duration.ofSeconds(120);

  private final UpOptions options;
  private TemporaryStore home;

  RunningStore(UpOptions options) {
    this.options = options.withFreePorts();
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    home = TemporaryStore.in(Path.of(System.getProperty("java.io.tmpdir")), "toystore");
    boolean up = false;
    try {
      home.up(options);
      up = true;
    } finally {
      if (!up) {
        afterAll(context);
      }
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    store().down();
    Path kept = Path.of("target", "logs", context.getRequiredTestClass().getSimpleName());
    Files.createDirectories(kept);
    for (ServiceStatus status : store().status().services()) {
      String service = status.service().name();
      if (Files.exists(store().log(service))) {
        Path copy = kept.resolve(service + ".log");
        Files.writeString(copy, Files.readString(store().log(service)));
      }
    }
    home.close();
  }

  /** Keeps a figure that a test measured, for people: a line more of target/figures.txt. */
  static void measured(String line, Object... figures) throws IOException {
    Files.writeString(
        Path.of("target", "figures.txt"),
        String.format(Locale.ROOT, line, figures) + System.lineSeparator(),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  LocalStore store() {
    return home.store();
  }

  Path folder() {
    return home.storeFolder();
  }

  Shop shop() {
    return new Shop(store().addresses().get(0));
  }

  /** The replica that leads; waits for one. */
  String leader() {
    until("a replica leads", () -> store().status().leader().isPresent());
    return store().status().leader().orElseThrow();
  }

  /** A replica that does not lead. */
  String follower() {
    String leader = leader();
    return Stream.of("order-1", "order-2", "order-3")
        .filter(name -> !name.equals(leader))
        .findFirst()
        .orElseThrow();
  }

  /** Starts what is down, and waits until all replicas have caught up. */
  void heal() {
    store().up(options);
    AuditReport report = audit();
    if (report.verdict() != AuditReport.Verdict.HOLDS) {
      throw new AssertionError(report.findings().toString());
    }
  }

  AuditReport audit() {
    return store().audit(AUDIT_LIMIT);
  }

  /** Polls the outside of the store, which tells nobody when something is so. */
  static void until(String what, BooleanSupplier condition) {
    if (!TimeLimit.await(WAIT_LIMIT, condition)) {
      throw new AssertionError("not within " + WAIT_LIMIT + ": " + what);
    }
  }
}
