package toystore.command;

import java.util.Iterator;
import toystore.model.EngineName;

/** The values of {@code --engine}, for the help of commands. */
public final class EngineWords implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return EngineName.words().iterator();
  }
}
