package toystore.simulation;

import toystore.model.KnownLeader;

/** What a replica answers a front-end, and whom it knows as leader then. */
record Reply<A>(A answer, KnownLeader leader) {}
