package toystore.backup;

import toystore.backup.ExportLine.ExportEnd;
import toystore.backup.ExportLine.ExportHead;
import toystore.model.PurchaseRequest;
import toystore.stock.ToyRow;

/** Takes what an export holds, in its order. Until the end has come it may turn out to be wrong. */
public interface ExportSink {
  /** Takes nothing: for one who only wants to know whether all is right. */
  ExportSink NONE = new ExportSink() {};

  default void head(ExportHead head) {}

  default void toy(ToyRow toy) {}

  default void order(long number, PurchaseRequest purchase) {}

  default void hold(PurchaseRequest purchase) {}

  default void end(ExportEnd end) {}
}
