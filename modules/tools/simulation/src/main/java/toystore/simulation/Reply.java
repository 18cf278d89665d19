package toystore.simulation;

import toystore.leader.LeaderSelector.Leader;

/** What a replica answers a front-end, and whom it knows as leader then. */
record Reply<A>(A answer, Leader leader) {}
