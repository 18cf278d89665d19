/**
 * The whole store in one thread and virtual time: the real cores and shells of all services, over a
 * network, disks and clocks that fail as a seed says. After every event the promises are checked.
 */
package toystore.simulation;
