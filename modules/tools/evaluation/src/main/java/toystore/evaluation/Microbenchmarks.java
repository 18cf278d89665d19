package toystore.evaluation;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The JMH benchmarks of this module, in JVMs of their own. JMH prints what it finds. */
final class Microbenchmarks {
  private Microbenchmarks() {}

  static void run(boolean quick) throws RunnerException {
    ChainedOptionsBuilder options = new OptionsBuilder()
        .include("toystore\\.evaluation\\..*Benchmark\\.")
        .forks(quick ? 1 : 3)
        .warmupIterations(quick ? 2 : 5)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(quick ? 3 : 5)
        .measurementTime(TimeValue.seconds(1));
    new Runner(options.build()).run();
  }
}
