package toystore.operations;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a process was started with that runs one microservice: {@code run <verticle> -conf <file>}.
 */
record ServiceCommandLine(String verticle, String conf) {
  private static final Pattern OF_STORE = Pattern.compile("toystore(\\.\\w+)+");
  private static final String RUN = "run";

  /** Empty for every other process; a program that starts such a process is another one. */
  static Optional<ServiceCommandLine> of(List<String> words) {
    int run = words.indexOf(RUN);
    if (run < 2 || run + 1 == words.size() || !isJava(words.get(0))) {
      return Optional.empty();
    }
    List<String> options = words.subList(run + 2, words.size());
    int conf = Math.max(options.indexOf("-conf"), options.indexOf("--conf"));
    boolean isService = isOfStore(words.get(run - 1)) && isOfStore(words.get(run + 1));
    return isService && conf >= 0 && conf + 1 < options.size()
        ? Optional.of(new ServiceCommandLine(words.get(run + 1), options.get(conf + 1)))
        : Optional.empty();
  }

  private static boolean isJava(String program) {
    return program.substring(program.lastIndexOf('/') + 1).startsWith("java");
  }

  private static boolean isOfStore(String className) {
    return OF_STORE.matcher(className).matches();
  }

  @Override
  public String toString() {
    return "bin/vertx run " + verticle + " -conf " + conf;
  }
}
