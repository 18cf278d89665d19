package toystore.simulation;

import java.util.List;
import java.util.Optional;
import toystore.replication.Effects.Command;
import toystore.replication.Effects.Write;
import toystore.replication.Message;

/**
 * What is to be durable, and what may leave once it is.
 *
 * @param known how far the replica's state had come when this was to be written
 * @param saves whether that state is written too
 */
record Job(
    List<Command> commands,
    Optional<Write> write,
    List<Message> messages,
    OrderState.Known known,
    boolean saves,
    Runnable then) {

  boolean touchesDisk() {
    return saves || write.isPresent() || !commands.isEmpty();
  }
}
