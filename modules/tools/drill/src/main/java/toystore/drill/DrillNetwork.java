package toystore.drill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import toystore.operations.Service;
import toystore.relay.Flow;
import toystore.relay.Way;

/**
 * What the services of a drilled store reach each other by, and how that is cut. Methods may be
 * called by any one thread.
 */
interface DrillNetwork extends AutoCloseable {

  /** Puts it into the configuration of one service of a store that is about to start. */
  void tailor(Service service, ObjectNode conf);

  /** The program that must start the service's process, with its arguments; empty for none. */
  List<String> starter(String service);

  /**
   * Nothing that is sent these ways arrives until all is healed.
   *
   * @param mode what becomes of it, where that is for the wiring to say
   */
  void cut(Collection<Way> ways, Flow.FlowMode mode);

  /** All is good again. */
  void heal();

  /** Leaves nothing of it on the machine. */
  @Override
  void close();
}
