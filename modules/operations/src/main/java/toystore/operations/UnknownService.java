package toystore.operations;

import java.util.List;

/** A name that is no service's: a usage error where it came from a command line. */
final class UnknownService extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  UnknownService(String name, List<Service> services) {
    super("'" + name + "' is no service: they are " + String.join(", ", names(services)));
  }

  private static List<String> names(List<Service> services) {
    return services.stream().map(Service::name).toList();
  }
}
