package toystore.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * The files of one evaluation: stamp.json, runs.csv, clients.csv, crashes.csv, summary.md, and the
 * plots as SVG and PNG.
 *
 * @param path of the folder
 */
record ResultFolder(Path path) {
  static final String STAMP = "stamp.json";
  static final String RUNS = "runs.csv";
  static final String SUMMARY = "summary.md";
  static final String COMPARISON = "comparison.md";
  static final String BY_CLIENTS = "clients.csv";
  static final String CRASHES = "crashes.csv";

  /** What a run makes at its end: an older run's must not be seen under a newer one's stamp. */
  private static final List<String> MADE_AT_THE_END = Stream.concat(
          Stream.of(SUMMARY, COMPARISON, BY_CLIENTS, CRASHES),
          EvaluationPlots.NAMES.stream().flatMap(name -> Stream.of(name + ".svg", name + ".png")))
      .toList();

  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(SerializationFeature.INDENT_OUTPUT)
      .defaultPropertyInclusion(JsonInclude.Value.ALL_NON_NULL)
      .build();

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

  /** The runs with other numbers of clients. */
  void writeByClients(List<ByClients> rows) throws IOException {
    writeCsv(BY_CLIENTS, ByClients.HEAD, rows.stream().map(ByClients::line));
  }

  /** What clients saw of the crashes, second by second. */
  void writeCrashes(List<CrashRound> crashes) throws IOException {
    if (!crashes.isEmpty()) {
      writeCsv(CRASHES, CrashRound.HEAD, crashes.stream().flatMap(crash -> crash.lines().stream()));
    }
  }

  private void writeCsv(String name, String head, Stream<String> lines) throws IOException {
    write(name, lines.collect(Collectors.joining("\n", head + "\n", "\n")));
  }

  /** Draws each figure for which there is something to show. */
  void draw(EvaluationPlots plots) throws IOException {
    for (EvaluationPlots.Figure figure : plots.all()) {
      ChartFiles.write(figure.chart(), EvaluationPlots.WIDTH, figure.height(), path, figure.name());
    }
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
