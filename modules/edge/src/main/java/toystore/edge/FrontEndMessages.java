package toystore.edge;

import java.util.List;

/** What a front-end is told on its internal port. */
public final class FrontEndMessages {
  private FrontEndMessages() {}

  /** Drop these toys; the answer says that no cached copy is left. */
  public record Invalidate(long session, List<Change> changes) {}

  /** A toy has, or is about to have, this version. */
  public record Change(String name, long version) {}
}
