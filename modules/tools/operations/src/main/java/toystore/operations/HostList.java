package toystore.operations;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import toystore.edge.Address;

/**
 * Which service is on which machine.
 *
 * @param addresses of all services of a store, each as the others reach it
 */
record HostList(Map<Service, String> addresses) {
  private static final String COMMENT = "#";
  private static final String FRONT_END = "front-end";

  /**
   * Reads a line for each machine, such as {@code 10.0.0.12 order-1}, or {@code 10.0.0.12
   * catalog,order-1}. A second front-end is one of that name on another machine.
   *
   * @param known all services of the store, with one front-end
   * @throws OperationFailed when a line cannot be read, or a service is missing or there twice
   */
  static HostList parse(List<String> lines, List<Service> known) {
    Map<Service, String> addresses = new TreeMap<>(Service.STARTING_ORDER);
    for (String line : lines) {
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith(COMMENT)) {
        add(text, known, addresses);
      }
    }
    for (Service service : known) {
      if (!addresses.containsKey(service)) {
        throw new OperationFailed("no machine is named for " + service);
      }
    }
    return new HostList(addresses);
  }

  private static void add(String line, List<Service> known, Map<Service, String> addresses) {
    String[] words = line.split("\\s+");
    if (words.length != 2) {
      throw new OperationFailed(
          "'" + line + "' is not an address and its services, such as '10.0.0.12 front-end'");
    }
    String address = host(words[0]);
    for (String name : words[1].split(",")) {
      Service service = service(name, address, known, addresses);
      if (addresses.putIfAbsent(service, address) != null) {
        throw new OperationFailed("two machines are named for " + service);
      }
    }
  }

  private static String host(String text) {
    try {
      return Address.host(text);
    } catch (IllegalArgumentException e) {
      throw new OperationFailed("'" + text + "' is no address of a machine: " + e.getMessage(), e);
    }
  }

  private static Service service(
      String name, String address, List<Service> known, Map<Service, String> addresses) {
    if (!name.equals(FRONT_END)) {
      return Service.named(name)
          .filter(known::contains)
          .orElseThrow(() -> new OperationFailed("no service '" + name + "': there are "
              + known.stream().map(Service::name).collect(Collectors.joining(", "))));
    }
    int id = 1;
    while (addresses.containsKey(Service.frontEnd(id))) {
      if (addresses.get(Service.frontEnd(id)).equals(address)) {
        throw new OperationFailed("two front-ends are named on " + address + ": they need two");
      }
      id++;
    }
    return Service.frontEnd(id);
  }

  String address(Service service) {
    return addresses.get(service);
  }

  /** How many front-ends there are. */
  int frontEnds() {
    return (int) addresses.keySet().stream()
        .filter(service -> service.kind() == Service.ServiceKind.FRONT_END)
        .count();
  }
}
