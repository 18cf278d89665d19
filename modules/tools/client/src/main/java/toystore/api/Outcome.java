package toystore.api;

/** How one request ended. */
public enum Outcome {
  OK("ok"),
  /** 409: not enough stock. A right answer, not a failure. */
  REFUSED("refused"),
  /** 404. */
  NOT_FOUND("notFound"),
  /** 503: the store says that it cannot, now. */
  UNAVAILABLE("unavailable"),
  /** No answer in time. */
  TIMEOUT("timeout"),
  /** Refused, reset or broken connection. */
  CONNECTION("connection"),
  /** Another 4xx: the store says that the request is wrong. */
  REJECTED("rejected"),
  /** Any other status, 500 say. */
  STATUS("status"),
  /** Status 200 with a body that the API does not allow. */
  MALFORMED("malformed");

  private final String key;

  Outcome(String key) {
    this.key = key;
  }

  /** Its name in JSON. */
  public String key() {
    return key;
  }

  public boolean isFailure() {
    return this != OK && this != REFUSED;
  }

  /** Whether there was no answer at all, so that nothing is known about a purchase. */
  public boolean isSilence() {
    return this == TIMEOUT || this == CONNECTION;
  }

  /** Whether a purchase that ends like this may yet be, or become, an order. */
  public boolean leavesPurchaseOpen() {
    return isSilence() || this == UNAVAILABLE || this == MALFORMED || this == STATUS;
  }
}
