package toystore.drill;

import java.util.ArrayList;
import java.util.List;
import toystore.operations.FaultCommand.FaultRequest;

/**
 * What happens to one service of a store elsewhere. Pure data.
 *
 * @param service as {@code order-2}, or {@code front-end-2} for a second front-end
 */
record RemoteFault(FaultRequest action, String service) {
  private static final String FRONT_END = "front-end";
  /** Of a store on PostgreSQL. While its cluster chooses another primary, nothing is durable. */
  private static final List<String> DATABASE = List.of("primary", "postmaster", "standby");

  private static final List<FaultRequest> HARM = List.of(
      FaultRequest.KILL,
      FaultRequest.PAUSE,
      FaultRequest.CUT,
      FaultRequest.MUTE,
      FaultRequest.DEAFEN,
      FaultRequest.SLOW);

  /** Each of these to each of those: all that happens to one service follows each other. */
  static List<RemoteFault> all(List<FaultRequest> actions, List<String> services) {
    List<RemoteFault> faults = new ArrayList<>();
    services.forEach(
        service -> actions.forEach(action -> faults.add(new RemoteFault(action, service))));
    return faults;
  }

  /**
   * Reads one.
   *
   * @param words as {@code pause:desk}
   * @throws IllegalArgumentException for what is none, in words for a person
   */
  static RemoteFault of(String words) {
    int colon = words.indexOf(':');
    return new RemoteFault(action(words.substring(0, colon)), service(words.substring(colon + 1)));
  }

  static FaultRequest action(String word) {
    return HARM.stream()
        .filter(action -> action.toString().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "'" + word + "' is not kill, pause, cut, mute, deafen or slow"));
  }

  static String service(String word) {
    if (!word.matches("catalog|order-[123]|front-end(-[2-9])?|desk|primary|postmaster|standby")) {
      throw new IllegalArgumentException("'" + word + "' is not catalog, order-1, order-2,"
          + " order-3, front-end, front-end-2, desk, primary, postmaster or standby");
    }
    return word;
  }

  /**
   * What may fail meanwhile of what is asked at that front-end.
   *
   * @param frontEnd counted from 0
   */
  AllowedFailures excuse(int frontEnd) {
    if (action == FaultRequest.SLOW) {
      return AllowedFailures.NONE; // Slow is not dead.
    }
    if (service.equals("catalog")) {
      return AllowedFailures.CATALOG;
    }
    if (DATABASE.contains(service)) {
      return AllowedFailures.DATABASE;
    }
    String asked = frontEnd == 0 ? FRONT_END : FRONT_END + "-" + (frontEnd + 1);
    return service.equals(asked) ? AllowedFailures.FRONT_END : AllowedFailures.NONE;
  }

  @Override
  public String toString() {
    return action + " " + service;
  }
}
