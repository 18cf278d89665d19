package toystore.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import picocli.CommandLine.TypeConversionException;
import toystore.api.StoreAddress;
import toystore.command.Converted;
import toystore.command.DurationConverter;
import toystore.command.Durations;
import toystore.command.OptionValues;
import toystore.edge.Address;
import toystore.model.PurchaseRequest;

/** What load to put on the store. Read by picocli, then checked and turned into settings. */
final class LoadOptions {
  static final int MAX_CLIENTS = 10_000;

  private static final int MAX_LOOPS = 64;
  private static final int MAX_PORT = 65_535;
  private static final long MAX_ITERATIONS = 1_000_000_000L;
  private static final long DEFAULT_ITERATIONS = 100;
  private static final double MIN_RATE = 0.001;
  private static final double MAX_RATE = 1_000_000;
  private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Host of the store's public API. Default: localhost.")
  private String host;

  @Option(names = "--port", paramLabel = "PORT", description = "Its port. Default: 8080.")
  private Integer port;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Both in one, and the scheme: --url https://store.example:8443")
  private String url;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      defaultValue = "",
      description = "With https: PEM file of the authority to trust. Default: those Java trusts.")
  private String ca;

  @Option(
      names = {"-c", "--clients"},
      paramLabel = "N",
      defaultValue = "5",
      description = "Simulated clients, 1 to 10000, each with one request at a time."
          + " Default: ${DEFAULT-VALUE}.")
  private int clients;

  @Option(
      names = {"-n", "--iterations"},
      paramLabel = "N",
      description = "Iterations of each client: query a random toy, perhaps buy it."
          + " Default: 100, or no limit with -d.")
  private Long iterations;

  @Option(
      names = {"-d", "--duration"},
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "How long iterations are started, such as 30s or 2m. With -n: whichever ends first.")
  private Duration duration;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "shop",
      converter = ModeConverter.class,
      description =
          "What an iteration does. shop: query a toy and perhaps buy it; query: only query; buy:"
              + " only buy; unknown: ask for a toy that the store does not have, for which 404 is"
              + " the right answer. Default: ${DEFAULT-VALUE}.")
  private LoadMode mode;

  @Option(
      names = {"-p", "--probability"},
      paramLabel = "P",
      defaultValue = "0.4",
      description = "Buy what is in stock with probability P, 0 to 1. Default: ${DEFAULT-VALUE}.")
  private double probability;

  @Option(
      names = "--quantity",
      paramLabel = "N",
      defaultValue = "1",
      description = "Units of each purchase, 1 to 1000000. Default: ${DEFAULT-VALUE}.")
  private int quantity;

  @Option(
      names = "--toys",
      paramLabel = "NAME",
      split = ",",
      description =
          "Only these toys, such as --toys Tux,Lego. Default: all that GET /products lists.")
  private List<String> toys = List.of();

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Open loop: start N iterations a second, of all clients together, whether the store"
              + " keeps up or not; queries and iterations count from the intended start. Such as"
              + " --rate 2000 -d 30s. Default: closed loop.")
  private Double rate;

  @Option(
      names = "--think",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "Closed loop: pause of a client between iterations, such as 10ms. Default: none.")
  private Duration think;

  @Option(
      names = "--warmup",
      paramLabel = "TIME|N",
      converter = WarmUpConverter.class,
      description =
          "Load before the load that counts: a time such as 5s, or N iterations of each client,"
              + " such as 200. Its orders are verified too. Default: none.")
  private LoadLimit warmUp = LoadLimit.NOTHING;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "The same seed chooses the same toys, and when to buy. Default: random, and printed.")
  private Long seed;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "12s",
      converter = DurationConverter.class,
      description =
          "For each request, and for each connection, 1ms to 1h. Default: ${DEFAULT-VALUE}, a"
              + " little more than the store allows itself.")
  private Duration timeout;

  @Option(
      names = "--retry-for",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "How long a purchase without an answer (timeout, broken connection) is sent again with"
              + " the same Idempotency-Key, and an order looked up again. 0s: never."
              + " Default: three timeouts.")
  private Duration retryFor;

  @Option(
      names = "--loops",
      paramLabel = "N",
      defaultValue = "1",
      description = "Event loops (threads), 1 to 64. Default: ${DEFAULT-VALUE}.")
  private int loops;

  @Option(
      names = "--verify",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Look every order up at the end and compare. Default: yes.")
  private boolean verify;

  @Option(
      names = "--check",
      paramLabel = "CHECK",
      converter = CheckConverter.class,
      description =
          "Exit with 3 unless it holds; repeatable. FIGURE, one of < <= > >= == !=, NUMBER, such as"
              + " 'buy.p99<50ms', 'query.mean<2ms', 'buy.throughput>1000', 'failures==0'.")
  private List<Check> checks = List.of();

  /**
   * @throws ParameterException naming the option
   */
  LoadSettings settings() {
    range("--clients", clients, 1, MAX_CLIENTS);
    range("--probability", probability, 0, 1);
    range("--quantity", quantity, 1, PurchaseRequest.MAX_QUANTITY);
    range("--loops", loops, 1, MAX_LOOPS);
    require(loops <= clients, "--loops=" + loops + " is more than --clients=" + clients);
    if (timeout.toMillis() < 1 || timeout.compareTo(MAX_TIMEOUT) > 0) {
      throw values().wrong("--timeout", Durations.text(timeout), "from 1ms to 1h");
    }
    require(duration == null || !duration.isZero(), "--duration is zero");
    require(rate == null || think == null, "--think is for the closed loop, --rate the open one");
    if (iterations != null) {
      range("--iterations", iterations, 1, MAX_ITERATIONS);
    }
    if (rate != null) {
      range("--rate", rate, MIN_RATE, MAX_RATE);
    }
    String shortage = ConnectionLimit.shortageFor(clients);
    require(shortage.isEmpty(), shortage);
    long chosenSeed = seed == null ? new SplittableRandom().nextInt(1, Integer.MAX_VALUE) : seed;
    return new LoadSettings(
        address(),
        clients,
        loops,
        new LoadMix(mode, probability, quantity, toys, chosenSeed),
        new LoadPace(
            limit(), warmUp, rate == null ? 0 : rate, think == null ? Duration.ZERO : think),
        timeout,
        retryFor == null ? timeout.multipliedBy(LoadSettings.RETRY_TIMEOUTS) : retryFor,
        verify,
        checks);
  }

  private LoadLimit limit() {
    long usual = duration == null ? DEFAULT_ITERATIONS : Schedule.UNLIMITED;
    return new LoadLimit(
        iterations == null ? usual : iterations,
        duration == null ? Schedule.UNLIMITED : duration.toNanos());
  }

  private StoreAddress address() {
    require(url == null || host == null && port == null, "--url already has --host and --port");
    require(ca.isEmpty() || Files.isReadable(Path.of(ca)), "--ca: cannot read " + ca);
    if (url != null) {
      try {
        return StoreAddress.parse(url, ca);
      } catch (IllegalArgumentException e) {
        throw values().wrong("--url: " + e.getMessage());
      }
    }
    if (port != null) {
      range("--port", port, 1, MAX_PORT);
    }
    require(ca.isEmpty(), "--ca needs --url https://...");
    try {
      String bare = Address.host(host == null ? "localhost" : host);
      return new StoreAddress(new Address(bare, port == null ? 8080 : port), false, "");
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          command.commandLine(), "--host: " + host + " " + e.getMessage(), e);
    }
  }

  private void range(String option, double value, double min, double max) {
    values().range(option, value, min, max);
  }

  private OptionValues values() {
    return new OptionValues(command);
  }

  private void require(boolean holds, String complaint) {
    if (!holds) {
      throw values().wrong(complaint);
    }
  }

  /** A time, or a number of iterations. */
  static final class WarmUpConverter implements ITypeConverter<LoadLimit> {
    @Override
    public LoadLimit convert(String text) {
      return text.matches("\\d{1,9}")
          ? new LoadLimit(Long.parseLong(text), Schedule.UNLIMITED)
          : new LoadLimit(
              Schedule.UNLIMITED, Converted.by(Durations::parse, text).toNanos());
    }
  }

  /** Modes, in lower case. */
  static final class ModeConverter implements ITypeConverter<LoadMode> {
    @Override
    public LoadMode convert(String text) {
      return Arrays.stream(LoadMode.values())
          .filter(mode -> mode.toString().equals(text))
          .findFirst()
          .orElseThrow(() ->
              new TypeConversionException("'" + text + "' is not shop, query, buy or unknown"));
    }
  }

  /** Checks. */
  static final class CheckConverter implements ITypeConverter<Check> {
    @Override
    public Check convert(String text) {
      return Converted.by(Check::parse, text);
    }
  }
}
