package toystore.drill;

/** The store, not the drill, did not do what it should. */
final class StoreFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoreFailed(String message) {
    super(message);
  }

  StoreFailed(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
