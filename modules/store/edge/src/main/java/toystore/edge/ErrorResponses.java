package toystore.edge;

import io.vertx.core.buffer.Buffer;
import toystore.model.StoreError;

/** What HTTP makes of a failure; decided here only. */
public final class ErrorResponses {
  private ErrorResponses() {}

  public static int statusOf(StoreError error) {
    return switch (error) { // no default: a new error must not compile without a status
      case BAD_REQUEST -> 400;
      case TOY_NOT_FOUND, ORDER_NOT_FOUND -> 404;
      case OUT_OF_STOCK -> 409;
      case KEY_REUSED -> 422;
      case NOT_LEADER, FENCED, UNVERIFIED, SESSION_EXPIRED, FULL, UNAVAILABLE -> 503;
    };
  }

  /** The public form: code and message, nothing of the inside. */
  public static Buffer publicBody(int code, String message) {
    return WireFormat.encode(new PublicError(new PublicError.PublicDetail(code, message)));
  }

  private record PublicError(PublicDetail error) {
    private record PublicDetail(int code, String message) {}
  }
}
