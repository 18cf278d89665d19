package toystore.backup;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * A line of an export. They come in this order: one head, all toys by position, all orders by
 * number, all holds, one end. A component's name is the field's; a reader passes over fields that
 * it does not know.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ExportLine.ExportHead.class, name = "head"),
  @JsonSubTypes.Type(value = ExportLine.ExportedToy.class, name = "toy"),
  @JsonSubTypes.Type(value = ExportLine.ExportedOrder.class, name = "order"),
  @JsonSubTypes.Type(value = ExportLine.ExportedHold.class, name = "hold"),
  @JsonSubTypes.Type(value = ExportLine.ExportEnd.class, name = "end")
})
sealed interface ExportLine {
  /**
   * What it is an export of.
   *
   * @param format always {@value ExportFormat#NAME}
   * @param version of the format, from 1
   * @param program version of the program that has written it
   * @param engine that the replicas ran
   * @param time in UTC, ISO 8601
   * @param fence no leader of an epoch below this one is obeyed any more
   * @param clockMs no request was seen later than this reading of the catalog's clock
   * @param lastSession no front-end's session had a higher number
   * @param leaseMs how long, in milliseconds, a front-end may serve copies that it was given
   */
  record ExportHead(
      String format,
      int version,
      String program,
      String engine,
      String time,
      long fence,
      long clockMs,
      long lastSession,
      long leaseMs)
      implements ExportLine {}

  /**
   * A toy and its books. Always initial + restocked = stock + what is in orders and holds.
   *
   * @param position in the catalog, from 0
   * @param stock units neither held nor sold
   * @param version grows with each change
   */
  record ExportedToy(
      int position,
      String name,
      long priceCents,
      long initial,
      long restocked,
      long stock,
      long version)
      implements ExportLine {}

  /** A committed order. */
  record ExportedOrder(long number, String key, String name, int quantity) implements ExportLine {}

  /** A purchase whose stock is taken, and that has no number yet: it will become an order. */
  record ExportedHold(String key, String name, int quantity) implements ExportLine {}

  /**
   * Says that all lines are there.
   *
   * @param link of the chain over all orders, in hex
   * @param sha256 of all lines before this one, with their ends, in hex
   */
  record ExportEnd(int toys, long orders, long holds, String link, String sha256)
      implements ExportLine {}
}
