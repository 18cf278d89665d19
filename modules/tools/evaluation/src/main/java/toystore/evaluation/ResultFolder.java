package toystore.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import toystore.chart.ChartFiles;
import toystore.command.Stamp;
import toystore.operations.OperationFailed;

/**
 * The files of one evaluation: stamp.json, runs.csv, summary.md, and the plots as SVG and PNG.
 *
 * @param path of the folder
 */
record ResultFolder(Path path) {
  static final String STAMP = "stamp.json";
  static final String RUNS = "runs.csv";
  static final String SUMMARY = "summary.md";
  static final String COMPARISON = "comparison.md";

  private static final String LATENCY = "latency";
  private static final String BENEFIT = "benefit";

  /** What a run makes at its end: an older run's must not be seen under a newer one's stamp. */
  private static final List<String> MADE_AT_THE_END = List.of(
      SUMMARY, COMPARISON, LATENCY + ".svg", LATENCY + ".png", BENEFIT + ".svg", BENEFIT + ".png");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * Makes the folder, or empties it of an older evaluation.
   *
   * @throws OperationFailed when it holds anything else
   */
  static ResultFolder begin(Path path, Stamp stamp) throws IOException {
    ResultFolder folder = new ResultFolder(path);
    Files.createDirectories(path);
    try (Stream<Path> files = Files.list(path)) {
      if (!Files.exists(path.resolve(STAMP)) && files.findAny().isPresent()) {
        throw new OperationFailed(path + " is neither empty nor an older evaluation");
      }
    }
    for (String old : MADE_AT_THE_END) {
      Files.deleteIfExists(path.resolve(old));
    }
    Files.writeString(path.resolve(STAMP), JSON.writeValueAsString(stamp) + "\n");
    String head =
        stamp.lines().stream().map(line -> "# " + line + "\n").collect(Collectors.joining());
    Files.writeString(path.resolve(RUNS), head + MeasurementCsv.HEAD + "\n");
    return folder;
  }

  /** Adds the rows of a run that is over: an interrupted evaluation keeps what it has. */
  void append(List<Measurement> rows) {
    String lines =
        rows.stream().map(row -> MeasurementCsv.line(row) + "\n").collect(Collectors.joining());
    try {
      Files.writeString(path.resolve(RUNS), lines, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new OperationFailed("cannot write " + path.resolve(RUNS), e);
    }
  }

  void write(String name, String text) throws IOException {
    Files.writeString(path.resolve(name), text);
  }

  void draw(EvaluationPlots plots) throws IOException {
    ChartFiles.write(
        plots.latency(), EvaluationPlots.WIDTH, EvaluationPlots.LATENCY_HEIGHT, path, LATENCY);
    ChartFiles.write(
        plots.benefit(), EvaluationPlots.WIDTH, EvaluationPlots.BENEFIT_HEIGHT, path, BENEFIT);
  }

  /**
   * Its stamp.
   *
   * @throws OperationFailed when this is no evaluation's folder
   */
  Stamp stamp() {
    try {
      return JSON.readValue(Files.readString(path.resolve(STAMP)), Stamp.class);
    } catch (JsonProcessingException e) {
      throw new OperationFailed(path.resolve(STAMP) + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new OperationFailed(path + " is no evaluation: it has no readable " + STAMP, e);
    }
  }

  /** Its runs; fails in one line naming the file. */
  List<Measurement> measurements() {
    Path file = path.resolve(RUNS);
    try {
      return MeasurementCsv.parse(Files.readString(file));
    } catch (IOException e) {
      throw new OperationFailed("cannot read " + file, e);
    } catch (OperationFailed e) {
      throw new OperationFailed(file + ": " + e.getMessage(), e);
    }
  }
}
