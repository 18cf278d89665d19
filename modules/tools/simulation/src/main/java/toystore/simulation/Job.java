package toystore.simulation;

import java.util.Optional;
import toystore.replication.Effects.Command;
import toystore.replication.Effects.Write;

/**
 * What is to be durable.
 *
 * @param known how far the replica's state had come when this was to be written
 * @param saves whether that state is written too
 */
record Job(
    Optional<Command> command,
    Optional<Write> write,
    OrderState.AppliedCount known,
    boolean saves,
    Runnable onDurable) {}
