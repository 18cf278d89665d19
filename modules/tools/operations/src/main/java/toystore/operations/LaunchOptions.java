package toystore.operations;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How the processes of a store are started, beyond what is the same for all.
 *
 * @param environment what they get in addition to the environment of this process
 * @param starter by the name of a service, the program that starts its process, with arguments; it
 *     must become that process. Empty for none.
 */
record LaunchOptions(Map<String, String> environment, Function<String, List<String>> starter) {
  LaunchOptions {
    environment = Map.copyOf(environment);
  }

  static LaunchOptions none() {
    return new LaunchOptions(Map.of(), service -> List.of());
  }

  LaunchOptions withEnvironment(Map<String, String> variables) {
    return new LaunchOptions(variables, starter);
  }

  LaunchOptions withVariable(String name, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(name, value);
    return new LaunchOptions(more, starter);
  }

  LaunchOptions withStarter(Function<String, List<String>> program) {
    return new LaunchOptions(environment, program);
  }
}
