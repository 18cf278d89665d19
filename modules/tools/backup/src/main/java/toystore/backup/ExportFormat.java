package toystore.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * Lines of an export to JSON and back. Strict: nothing missing, nothing twice, no text for a
 * number.
 */
final class ExportFormat {
  static final String NAME = "toystore-export";
  /** Grows when an older reader would misunderstand a file; a new field is no reason. */
  static final int VERSION = 1;

  private static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
      .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
      .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
      .build();
  private static final ObjectWriter WRITER = MAPPER.writerFor(ExportLine.class);
  private static final ObjectReader READER = MAPPER.readerFor(ExportLine.class);

  private ExportFormat() {}

  static byte[] encode(ExportLine line) {
    try {
      return WRITER.writeValueAsBytes(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON for " + line, e);
    }
  }

  /**
   * Reads a line.
   *
   * @param where it is, for the message
   * @throws ArchiveFailed when it is none
   */
  static ExportLine decode(byte[] json, String where) {
    try {
      return READER.readValue(json);
    } catch (JsonProcessingException e) {
      throw new ArchiveFailed(where + " is no line of an export: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot fail to be read", e);
    }
  }
}
