/**
 * Whom a front-end sends purchases to: the leader that it appoints, or the one that the replicas
 * elect. It also decides which services count as gone, and whether requests wait or are refused. A
 * front-end calls it, and the simulator in a front-end's place.
 */
package toystore.leader;
