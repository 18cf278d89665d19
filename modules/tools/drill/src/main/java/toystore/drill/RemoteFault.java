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

  /** Each of these to each of those: all that happens to one service follows each other. */
  static List<RemoteFault> all(List<FaultRequest> actions, List<String> services) {
    List<RemoteFault> faults = new ArrayList<>();
    services.forEach(
        service -> actions.forEach(action -> faults.add(new RemoteFault(action, service))));
    return faults;
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
    String asked = frontEnd == 0 ? FRONT_END : FRONT_END + "-" + (frontEnd + 1);
    return service.equals(asked) ? AllowedFailures.FRONT_END : AllowedFailures.NONE;
  }

  @Override
  public String toString() {
    return action + " " + service;
  }
}
