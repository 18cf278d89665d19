package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The process of one service, as its run file names it; no other process is ever signalled. */
final class ServiceProcess {
  /** The signals that commands send. */
  enum Signal {
    TERM,
    INT,
    KILL,
    STOP,
    CONT
  }

  // Far above what it takes on a quiet machine: a busy one is to be waited for, not given up.
  private static final Duration UNTIL_KILLED = Duration.ofSeconds(30);
  private static final Duration UNTIL_SIGNALLED = Duration.ofSeconds(20);

  private final ProcessId id;

  ServiceProcess(ProcessId id) {
    this.id = id;
  }

  /** The process that runs the service; empty when it is down. */
  static Optional<ServiceProcess> recorded(Path runFile) {
    ObjectNode json;
    try {
      json = Files.exists(runFile) ? Json.read(runFile) : Json.object();
    } catch (OperationFailed broken) {
      return Optional.empty(); // The process is found without it.
    }
    ProcessId id = new ProcessId(
        json.path("pid").asLong(),
        json.path("startTicks").asLong(),
        json.path("boot").asText());
    return id.isGone() ? Optional.empty() : Optional.of(new ServiceProcess(id));
  }

  void record(Path runFile) {
    ObjectNode json = Json.object()
        .put("pid", id.pid())
        .put("startTicks", id.startTicks())
        .put("boot", id.boot())
        .put("started", Instant.now().toString());
    Json.write(runFile, json);
  }

  long pid() {
    return id.pid();
  }

  /**
   * Whether a state that was asked for came from this process.
   *
   * @param state of an older service does not say; then it is believed
   */
  boolean mayHaveSaid(JsonNode state) {
    return state.path("process").path("pid").asLong(pid()) == pid();
  }

  boolean isGone() {
    return id.isGone();
  }

  boolean isPaused() {
    return id.condition() == ProcessId.Condition.STOPPED;
  }

  Duration uptime() {
    return ProcessHandle.of(id.pid())
        .flatMap(handle -> handle.info().startInstant())
        .map(start -> Duration.between(start, Instant.now()))
        .filter(uptime -> !uptime.isNegative())
        .orElse(Duration.ZERO);
  }

  /** Ends it without a chance to tidy up, and waits until it is gone. */
  void kill() {
    signalFamily(Signal.KILL);
    if (!TimeLimit.await(UNTIL_KILLED, this::isGone)) {
      throw new OperationFailed(
          "process " + pid() + " does not end, though killed (waits for a disk?)");
    }
  }

  /** Asks it to end, paused or not. */
  void terminate() {
    askToEnd(Signal.TERM);
  }

  /** The same, for a process that on the other signal waits for its clients to go. */
  void interrupt() {
    askToEnd(Signal.INT);
  }

  private void askToEnd(Signal signal) {
    signal(signal);
    signalFamily(Signal.CONT); // the request waits while a process is stopped
  }

  void pause() {
    signalFamily(Signal.STOP);
    awaitCondition(ProcessId.Condition.STOPPED);
  }

  void resume() {
    signalFamily(Signal.CONT);
    awaitCondition(ProcessId.Condition.RUNNING);
  }

  private void awaitCondition(ProcessId.Condition wanted) {
    if (!TimeLimit.await(UNTIL_SIGNALLED, () -> id.condition() == wanted)) {
      throw new OperationFailed("process " + pid() + " is not " + wanted + " though signalled");
    }
  }

  /** A database has a process for each connection. */
  private void signalFamily(Signal signal) {
    List<Long> children = ProcessHandle.of(id.pid()).stream()
        .flatMap(ProcessHandle::descendants)
        .map(ProcessHandle::pid)
        .toList();
    signal(signal);
    children.forEach(child -> Programs.run("sh", "-c", "kill -" + signal + " " + child));
  }

  private void signal(Signal signal) {
    if (isGone()) {
      return;
    }
    // The shell's own word: not every machine has a kill program.
    boolean sent = Programs.run("sh", "-c", "kill -" + signal + " " + pid());
    if (!sent && !isGone()) {
      throw new OperationFailed("not allowed to send " + signal + " to process " + pid());
    }
  }
}
