/**
 * Drills: a store of real processes is used by clients while faults are injected, and what the
 * clients saw is held against the promises.
 *
 * <p>{@link toystore.drill.DrillCommand} runs {@link toystore.drill.Drill}: {@link
 * toystore.drill.Testbed} is the store, {@link toystore.drill.Crowd} its clients, {@link
 * toystore.drill.FaultChoice} what happens to it, {@link toystore.drill.DrillFindings} what came of it. {@link
 * toystore.drill.DrillNetwork} is what cuts are made in: {@link toystore.drill.Namespaces} or {@link
 * toystore.drill.Lines}.
 */
package toystore.drill;
