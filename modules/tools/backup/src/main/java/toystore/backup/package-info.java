/**
 * What a store has decided, at one moment, as a file of lines, and a store that goes on from it.
 * Decided here: which orders belong to a moment, what must hold of them, and how each line is
 * written. Nothing here talks to a service: it reads files beside those who write them. Called by
 * the commands of {@code toystore.operations} only.
 */
package toystore.backup;
