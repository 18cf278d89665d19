package toystore.drill;

import java.util.List;
import java.util.Optional;
import toystore.api.StoreAddress;
import toystore.operations.FaultCommand;

/**
 * How a store elsewhere is drilled.
 *
 * @param frontEnds their addresses; the clients use them in turn
 * @param faults one a round
 * @param by what breaks a service and heals it
 * @param audit a shell command, if the books can be audited
 * @param beside a shell command that says for how many milliseconds something else was away
 * @param restocksTo units of each toy
 */
record ElsewherePlan(
    List<StoreAddress> frontEnds,
    List<RemoteFault> faults,
    FaultCommand by,
    Optional<String> audit,
    Optional<String> beside,
    int restocksTo) {}
