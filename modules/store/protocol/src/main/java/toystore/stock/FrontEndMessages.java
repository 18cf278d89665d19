package toystore.stock;

import java.util.List;
import toystore.model.Require;

/** What a front-end is told on its internal port. */
public final class FrontEndMessages {
  private FrontEndMessages() {}

  /** Drop these toys; the answer says that no cached copy is left. */
  public record Invalidate(long session, List<ToyChange> changes) {
    public Invalidate {
      Require.atLeast(1, "session", session);
      Require.batch("changes", changes);
    }
  }

  /** A toy has, or is about to have, this version. */
  public record ToyChange(String name, long version) {
    public ToyChange {
      Require.present("name", name);
      Require.atLeast(0, "version", version);
    }
  }
}
