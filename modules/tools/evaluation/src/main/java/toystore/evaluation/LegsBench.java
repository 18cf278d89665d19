package toystore.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import toystore.chart.ChartFiles;
import toystore.command.Durations;
import toystore.command.Stamp;
import toystore.model.EngineName;

/**
 * Times the legs of purchases with each engine, and draws them.
 *
 * @param engines by name, each by number of connections
 */
record LegsBench(Stamp stamp, LegsPlan plan, Map<String, List<LegsMeasured>> engines) {

  static LegsBench run(Stamp stamp, LegsPlan plan, List<EngineName> engines)
      throws IOException, InterruptedException {
    return BenchRuns.run(plan.connections().size() * engines.size(), (vertx, steps) -> {
      Map<String, List<LegsMeasured>> measured = new LinkedHashMap<>();
      for (EngineName engine : engines) {
        measured.put(engine.toString(), LegsRun.of(engine, plan, vertx, steps));
      }
      return new LegsBench(stamp, plan, measured);
    });
  }

  LegsReport report() {
    return new LegsReport(stamp, plan, engines);
  }

  /**
   * Draws a picture of each engine.
   *
   * @param name a file's, to which the engine's name and an ending are added
   */
  void draw(Path name) throws IOException {
    Path folder = name.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    String conditions = "Full: one leg. Pale: made of those below it; what they do not cover is"
        + " HTTP and waiting. White: nobody waits for it. Means of "
        + Durations.text(plan.load()) + ", each purchase after a look at its toy; "
        + stamp.machine().processor() + ", " + stamp.machine().cores() + " cores for all.";
    for (Map.Entry<String, List<LegsMeasured>> engine : engines.entrySet()) {
      LegsPicture picture = new LegsPicture(engine.getKey(), engine.getValue(), conditions);
      ChartFiles.write(
          picture.draw(),
          LegsPicture.WIDTH,
          picture.height(),
          folder,
          name.getFileName() + "-" + engine.getKey());
    }
  }
}
