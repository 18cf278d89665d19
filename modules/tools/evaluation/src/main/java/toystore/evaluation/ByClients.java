package toystore.evaluation;

/**
 * One kind of request in a run with another number of clients.
 *
 * @param clients at the same time
 */
record ByClients(int clients, Measurement measurement) {
  static final String HEAD = "clients," + MeasurementCsv.HEAD;

  /** A line of the CSV. */
  String line() {
    return clients + "," + MeasurementCsv.line(measurement);
  }
}
