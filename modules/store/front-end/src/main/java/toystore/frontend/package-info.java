/**
 * The front-end's process: public HTTP in, calls to the catalog and the order replicas out. What it
 * decides it asks of the protocol's packages leader and cache; here are routes, waiting and wiring.
 * Only its verticle is called from outside, and its shells by the simulator.
 */
package toystore.frontend;
