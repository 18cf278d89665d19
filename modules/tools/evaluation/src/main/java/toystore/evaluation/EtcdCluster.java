package toystore.evaluation;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import toystore.operations.FreePorts;
import toystore.operations.OperationFailed;
import toystore.operations.Programs;
import toystore.operations.ServiceUse;
import toystore.operations.TemporaryFolder;
import toystore.operations.TimeLimit;

/**
 * An etcd of three members on this machine, as it is installed, with its defaults: each put is
 * durable on two of them before it is answered. Nothing is left of it when it is closed, or the
 * process is ended. Close may be called from any thread.
 */
final class EtcdCluster implements ColdRun.Loaded, AutoCloseable {
  static final int MEMBERS = 3;

  private static final String PROGRAM = "etcd";
  private static final String LOOPBACK = "127.0.0.1";
  private static final String VERSION = "etcd Version: ";
  private static final String LEADS = "etcd_server_is_leader 1";
  private static final String SETTINGS = "ETCD_";
  /** Without it etcd refuses to start on some kinds of machines. */
  private static final String OTHER_PROCESSOR = "ETCD_UNSUPPORTED_ARCH";

  private static final int ANSWER_LIMIT_MS = 2_000;
  private static final int MAX_COMPLAINT = 400;
  private static final Duration UNTIL_LED = Duration.ofMinutes(1);
  private static final Duration UNTIL_GONE = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Path folder;
  private final Map<Member, Process> members = new LinkedHashMap<>();
  private final Thread atExit = new Thread(this::takeDown, "etcd-down");
  private volatile boolean ending;

  private EtcdCluster(Vertx vertx, Path folder) {
    this.vertx = vertx;
    this.folder = folder;
  }

  private record Member(String name, int clientPort, int peerPort) {
    String client() {
      return "http://" + LOOPBACK + ":" + clientPort;
    }

    String peer() {
      return "http://" + LOOPBACK + ":" + peerPort;
    }
  }

  /** Of the etcd of this machine; empty where there is none. */
  static Optional<String> version() {
    return Programs.output(PROGRAM, "--version")
        .flatMap(text -> text.lines().filter(line -> line.startsWith(VERSION)).findFirst())
        .map(line -> line.substring(VERSION.length()).strip());
  }

  /**
   * Starts one, and waits until it has a leader.
   *
   * @throws OperationFailed when it gets none
   */
  static EtcdCluster up(Vertx vertx) throws IOException {
    EtcdCluster cluster = new EtcdCluster(
        vertx, MeasuredStore.parent().resolve("toystore-etcd-" + UUID.randomUUID()));
    boolean up = false;
    try {
      cluster.start();
      up = true;
      return cluster;
    } finally {
      if (!up) {
        cluster.close();
      }
    }
  }

  private void start() throws IOException {
    try {
      Runtime.getRuntime().addShutdownHook(atExit);
    } catch (IllegalStateException exiting) {
      throw new OperationFailed("interrupted", exiting);
    }
    startMembers();
    if (!TimeLimit.await(UNTIL_LED, () -> leader().isPresent())) {
      throw new OperationFailed("etcd has no leader after " + UNTIL_LED.toSeconds() + " s: "
          + complaint(members.keySet().iterator().next()));
    }
  }

  private synchronized void startMembers() throws IOException {
    requireOpen();
    Files.createDirectory(folder);
    FreePorts ports = new FreePorts();
    List<Member> planned = new ArrayList<>();
    for (int i = 1; i <= MEMBERS; i++) {
      planned.add(new Member("etcd-" + i, ports.getAsInt(), ports.getAsInt()));
    }
    String all = planned.stream()
        .map(member -> member.name() + "=" + member.peer())
        .collect(Collectors.joining(","));
    for (Member member : planned) {
      members.put(member, start(member, all));
    }
  }

  private Process start(Member member, String all) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(
            // Ctrl-C reaches this process alone, which then ends the members.
            "setsid",
            PROGRAM,
            "--name",
            member.name(),
            "--data-dir",
            folder.resolve(member.name()).toString(),
            "--listen-client-urls",
            member.client(),
            "--advertise-client-urls",
            member.client(),
            "--listen-peer-urls",
            member.peer(),
            "--initial-advertise-peer-urls",
            member.peer(),
            "--initial-cluster",
            all)
        .redirectErrorStream(true)
        .redirectOutput(log(member).toFile());
    // Else the surroundings could set what is to be a default, fsync too.
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith(SETTINGS) && !name.equals(OTHER_PROCESSOR));
    return builder.start();
  }

  /** Who decides on writes: what another member is sent takes one way more. */
  private Optional<Member> leader() {
    requireRunning();
    return members.keySet().stream().filter(EtcdCluster::leads).findFirst();
  }

  private void requireRunning() {
    requireOpen();
    members.forEach((member, process) -> {
      if (!process.isAlive()) {
        throw new OperationFailed(member.name() + " has ended: " + complaint(member));
      }
    });
  }

  private void requireOpen() {
    if (ending) {
      throw new OperationFailed("interrupted");
    }
  }

  private static boolean leads(Member member) {
    try {
      HttpURLConnection call =
          (HttpURLConnection) URI.create(member.client() + "/metrics").toURL().openConnection();
      call.setConnectTimeout(ANSWER_LIMIT_MS);
      call.setReadTimeout(ANSWER_LIMIT_MS);
      try (InputStream said = call.getInputStream()) {
        return new String(said.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .anyMatch(LEADS::equals);
      }
    } catch (IOException notYet) {
      return false;
    }
  }

  private Path log(Member member) {
    return folder.resolve(member.name() + ".log");
  }

  /** The end of its log. */
  private String complaint(Member member) {
    try {
      String said = Files.readString(log(member)).strip();
      return said.substring(Math.max(0, said.length() - MAX_COMPLAINT));
    } catch (IOException e) {
      return "its log cannot be read";
    }
  }

  /** What each member has used of the machine so far. */
  @Override
  public List<ServiceUse> uses() {
    return members.entrySet().stream()
        .flatMap(each -> ServiceUse.of(each.getKey().name(), each.getValue().pid()).stream())
        .toList();
  }

  /**
   * Sends plain puts to the leader.
   *
   * @throws OperationFailed when a connection cannot be made, or a member has ended
   */
  @Override
  public Throughput load(int connections, Duration warmUp, Duration load)
      throws InterruptedException {
    Member leader = leader().orElseThrow(() -> new OperationFailed("etcd has lost its leader"));
    try {
      return Target.awaited(
          new PutLoad(vertx, LOOPBACK, leader.clientPort()).run(connections, warmUp, load));
    } finally {
      // It says more than that a connection broke.
      requireRunning();
    }
  }

  @Override
  public void close() {
    takeDown();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException exiting) {
      // Then the hook is what waits for this.
    }
  }

  private synchronized void takeDown() {
    ending = true;
    members.values().forEach(Process::destroyForcibly); // Nobody needs its data any more.
    for (Process process : members.values()) {
      process
          .onExit()
          .completeOnTimeout(process, UNTIL_GONE.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    }
    TemporaryFolder.remove(folder);
  }
}
