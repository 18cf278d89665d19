/**
 * Drills: a store of real processes is used by clients while faults are injected, and what the
 * clients saw is held against the promises.
 *
 * <p>{@link toystore.drill.DrillCommand} runs {@link toystore.drill.Drill}: {@link
 * toystore.drill.Testbed} is the store, {@link toystore.drill.Crowd} its clients, {@link
 * toystore.drill.FaultChoice} what happens to it, {@link toystore.drill.DrillFindings} what came of
 * it.
 *
 * <p>Cuts are made in one of two {@link toystore.drill.DrillNetwork}s, because each finds what the
 * other cannot. {@link toystore.drill.Namespaces} cut below TCP: connections stay, their bytes are
 * sent again, connects time out, and a service has an address of its own; that is what a broken
 * network does, and no proxy can show it. {@link toystore.drill.Lines} are proxies: they reset
 * connections, delay each direction by itself, keep bytes or lose them so that a message arrives
 * whole and late; namespaces have no means for that. Lines also run where nobody is root.
 */
package toystore.drill;
