package toystore.client;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * A report in HdrHistogram's log format: one interval histogram a second and kind, in nanoseconds,
 * with the kind as its tag. The maxima in plain text are milliseconds. Pure.
 */
final class HdrLog {
  private static final long MS_PER_SECOND = 1000;

  private HdrLog() {}

  static String render(Report report) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    HistogramLogWriter writer =
        new HistogramLogWriter(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    writer.outputComment("[toystore client, " + report.settings().store().url() + "]");
    writer.outputLogFormatVersion();
    writer.outputStartTime(report.startedAtMs());
    writer.setBaseTime(report.startedAtMs());
    writer.outputLegend();
    // By time, as readers expect.
    for (int second : report.seconds()) {
      for (RequestKind kind : report.kinds()) {
        report
            .recording()
            .at(kind, second)
            .ifPresent(histogram -> write(writer, report, kind, histogram, second));
      }
    }
    writer.close();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static void write(
      HistogramLogWriter writer, Report report, RequestKind kind, Histogram histogram, int second) {
    long startMs = report.startedAtMs() + second * MS_PER_SECOND;
    histogram.setTag(kind.key());
    histogram.setStartTimeStamp(startMs);
    histogram.setEndTimeStamp(startMs + MS_PER_SECOND);
    writer.outputIntervalHistogram(histogram);
  }
}
