package toystore.replication;

import java.util.List;
import toystore.replication.Effects.Write;

/** The engine under simulation, and what a test does to break it. */
public interface SimulatedEngine {

  /** A replica's core, at the start of a process. The seed differs from life to life. */
  ReplicaCore start(int id, List<Integer> members, DurableState durable, long seed);

  /** The message as it is delivered. */
  default Message delivered(Message message, ReplicaCore.Status receiver) {
    return message;
  }

  /** The write as it reaches the disk that holds what is given. */
  default Write written(Write write, DurableState before) {
    return write;
  }
}
