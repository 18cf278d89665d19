/**
 * The replicated order log as pure state machines: no clock, disk, network, thread or unseeded
 * chance. What every engine shares lives here.
 */
package toystore.replication;
