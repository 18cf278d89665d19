package toystore.operations;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How the user's own command breaks a service and brings it back, such as {@code ssh host
 * bin/toystore {action} {service}}. The shell runs it, so that it may be anything.
 */
public final class FaultCommand {
  /** No command. */
  public static final String NONE = "none";

  private static final String ACTION = "{action}";
  private static final String SERVICE = "{service}";
  private static final Duration LIMIT = Duration.ofSeconds(120);

  /** What is asked of it. */
  public enum FaultRequest {
    /** Ends the service at once. */
    KILL,
    /** Undoes that. */
    START,
    /** The service hangs: it is there, and does nothing. */
    PAUSE,
    /** Undoes that. */
    RESUME,
    /** Nothing reaches it, and nothing comes from it. */
    CUT,
    /** Nothing comes from it. */
    MUTE,
    /** Nothing reaches it. */
    DEAFEN,
    /** All that it sends, and is sent, comes late. */
    SLOW,
    /** Undoes the last four. */
    HEAL;

    /** What brings the service back. */
    public FaultRequest undo() {
      return switch (this) {
        case KILL, START -> START;
        case PAUSE, RESUME -> RESUME;
        case CUT, MUTE, DEAFEN, SLOW, HEAL -> HEAL;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String template;

  private FaultCommand(String template) {
    this.template = template;
  }

  /**
   * Reads it.
   *
   * @throws OperationFailed when the template lacks a place for what is to be done
   */
  public static FaultCommand of(String template) {
    if (!template.contains(ACTION) || !template.contains(SERVICE)) {
      throw new OperationFailed("'" + template + "' needs " + ACTION + " (kill or start) and "
          + SERVICE + " (order-1 to order-3), such as 'ssh HOST bin/toystore " + ACTION + " "
          + SERVICE + "'");
    }
    return new FaultCommand(template);
  }

  /** The words for the shell. Both values are this program's own, so there is nothing to quote. */
  String line(FaultRequest action, String service) {
    return template.replace(ACTION, action.toString()).replace(SERVICE, service);
  }

  /**
   * Runs it and waits for its end.
   *
   * @throws OperationFailed with what it said, when it does not exit with 0
   */
  public void run(FaultRequest action, String service) {
    Programs.failure(List.of("sh", "-c", line(action, service)), "", LIMIT).ifPresent(failure -> {
      throw new OperationFailed(failure);
    });
  }
}
