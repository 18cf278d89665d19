/**
 * The commands of bin/toystore, and {@link toystore.operations.LocalStore}, of which they are thin
 * wrappers: a store of real processes on one machine, for people, tests and drills.
 */
package toystore.operations;
