package toystore.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a backup says of itself.
 *
 * @param format always {@value #FORMAT}
 * @param version of the format, from 1
 * @param program version of the program that has made it
 * @param time of the moment that it holds, in UTC, ISO 8601
 * @param link of the chain over all orders, in hex: what the catalog has as its mark
 * @param stock what toys were restocked to; null where nobody had said
 * @param files all others of the folder
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
    String format,
    int version,
    String program,
    String engine,
    String time,
    int toys,
    long orders,
    long holds,
    String link,
    Integer stock,
    List<StoredFile> files) {
  static final String FORMAT = "toystore-backup";
  static final int VERSION = 1;

  /**
   * A file of the folder.
   *
   * @param sha256 in hex
   */
  record StoredFile(String name, long bytes, String sha256) {}

  static Manifest of(Export export, Integer stock, StoredFile store) {
    return new Manifest(
        FORMAT,
        VERSION,
        Export.PROGRAM,
        export.engine(),
        export.time(),
        export.toys(),
        export.orders(),
        export.holds(),
        export.end().link(),
        stock,
        List.of(store));
  }
}
