package toystore.frontend;

/** Carries a fault of a request to the one place that answers. It has no stack: it is no bug. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient RequestFault fault;

  RefusedException(HttpFault kind, String message) {
    this(new RequestFault(kind, message));
  }

  RefusedException(RequestFault fault) {
    super(fault.message(), null, false, false);
    this.fault = fault;
  }

  RequestFault fault() {
    return fault;
  }
}
