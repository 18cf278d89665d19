/**
 * Lines between the services of a store on one machine, which can be cut, slowed and broken: {@link
 * toystore.relay.Switchboard} has them all, a {@link toystore.relay.Relay} is one of them. Drills
 * and the lab break stores by it. It decides nothing: whoever calls it says what is cut.
 */
package toystore.relay;
