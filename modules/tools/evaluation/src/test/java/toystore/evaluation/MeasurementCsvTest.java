package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import toystore.operations.OperationFailed;

class MeasurementCsvTest {
  private final List<Measurement> rows = Samples.measurements(0.1, 0.25);
  private final String csv = "# made up\n" + MeasurementCsv.HEAD + "\n"
      + rows.stream().map(MeasurementCsv::line).collect(Collectors.joining("\n"));

  @Test
  void whatIsWrittenCanBeReadAgain() {
    List<Measurement> read = MeasurementCsv.parse(csv);

    assertEquals(rows.size(), read.size());
    assertEquals(
        rows.stream().map(MeasurementCsv::line).toList(),
        read.stream().map(MeasurementCsv::line).toList());
  }

  @Test
  void aLineSaysAllInPlainNumbers() {
    assertEquals(
        "1,1,on,0.00,query,1000,0,500.0,0.1000,0.1000,0.3000,0.4000,0.9000",
        MeasurementCsv.line(rows.get(0)));
  }

  @Test
  void whatIsNoMeasurementIsRefusedWithItsLine() {
    assertRefused("cache=maybe", csv.replaceFirst(",on,", ",maybe,"));
    assertRefused("request=gift", csv.replaceFirst(",buy,", ",gift,"));
    assertRefused("columns", csv + "\n1,2,3");
    assertRefused("first line", "a,b\n1,2");
    assertRefused("first line", "");
  }

  private static void assertRefused(String words, String csv) {
    OperationFailed refusal = assertThrows(OperationFailed.class, () -> MeasurementCsv.parse(csv));
    String whole = refusal.getMessage()
        + (refusal.getCause() == null ? "" : refusal.getCause().getMessage());
    assertTrue(whole.contains(words), whole);
  }
}
