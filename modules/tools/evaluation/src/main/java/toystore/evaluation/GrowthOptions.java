package toystore.evaluation;

import picocli.CommandLine.Option;
import toystore.command.OptionValues;

/** How a store is to grow. */
final class GrowthOptions {
  private static final int MOST = 100_000_000;

  @Option(
      names = "--growth",
      description =
          "Instead: a store of many orders beside a new one, some twenty minutes an engine.")
  private boolean growth;

  @Option(
      names = "--orders",
      paramLabel = "N",
      defaultValue = "10000000",
      description = "With --growth, orders that it has. Default: ${DEFAULT-VALUE}.")
  private int orders;

  @Option(
      names = "--behind",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "With --growth, orders that a replica misses. Default: ${DEFAULT-VALUE}.")
  private int behind;

  @Option(
      names = "--toys",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "With --growth, toys of another store; 0 for none. Default: ${DEFAULT-VALUE}.")
  private int toys;

  boolean wanted() {
    return growth;
  }

  /** Refuses wrong values, also where they would play no role. */
  void check(OptionValues values) {
    values.range("--orders", orders, 1, MOST);
    values.range("--behind", behind, 1, MOST);
    values.range("--toys", toys, 0, MOST);
  }

  GrowthPlan plan(boolean quick) {
    return quick
        ? GrowthPlan.quick(orders, behind, toys)
        : GrowthPlan.thorough(orders, behind, toys);
  }
}
