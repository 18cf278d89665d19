package toystore.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYDataset;
import org.junit.jupiter.api.Test;
import toystore.chart.LineChart.ChartPoint;

class LineChartTest {
  @Test
  void eachNineIsAsWideAsTheOneBefore() {
    assertEquals(1, LineChart.atPercentile(0), 1e-9);
    assertEquals(10, LineChart.atPercentile(90), 1e-9);
    assertEquals(1000, LineChart.atPercentile(99.9), 1e-6);
  }

  @Test
  void ticksAreWritten() {
    LogAxis nines = LineChart.nines("percentile");
    LogAxis decades = LineChart.logarithmic("ms");

    assertEquals("0", nines.getNumberFormatOverride().format(1));
    assertEquals("99", nines.getNumberFormatOverride().format(100));
    assertEquals("99.99", nines.getNumberFormatOverride().format(1e4));
    assertEquals("0.001", decades.getNumberFormatOverride().format(0.001));
    assertEquals("10,000", decades.getNumberFormatOverride().format(10_000));
  }

  @Test
  void whereNothingWasMeasuredTheLineIsBroken() {
    XYPlot plot =
        plot(List.of(new ChartPoint(0.5, 2), new ChartPoint(1.5, 3), new ChartPoint(4.5, 5)));

    XYDataset line = plot.getDataset();
    assertEquals(4, line.getItemCount(0));
    assertTrue(Double.isNaN(line.getYValue(0, 2)));
  }

  @Test
  void anAxisOfDecadesEndsAtWholeOnes() {
    XYPlot plot = plot(List.of(new ChartPoint(0, 0.3), new ChartPoint(1, 40)));

    assertEquals(0.1, plot.getRangeAxis().getLowerBound(), 1e-6);
    assertEquals(100, plot.getRangeAxis().getUpperBound(), 1e-6);
  }

  private static XYPlot plot(List<ChartPoint> points) {
    return new LineChart("title", ChartStyle.axis("seconds"), LineChart.logarithmic("ms"))
        .line("p50", points, 1.5)
        .draw("")
        .getXYPlot();
  }
}
