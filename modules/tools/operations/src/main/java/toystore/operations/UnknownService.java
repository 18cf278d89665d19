package toystore.operations;

import java.util.List;
import toystore.command.CommandFailed;
import toystore.command.ExitCode;

/** A name that is no service's: a usage error where it came from a command line. */
final class UnknownService extends CommandFailed {
  private static final long serialVersionUID = 1;

  UnknownService(String name, List<Service> services) {
    super(
        ExitCode.USAGE,
        "'" + name + "' is no service: they are " + String.join(", ", names(services)));
  }

  private static List<String> names(List<Service> services) {
    return services.stream().map(Service::name).toList();
  }
}
