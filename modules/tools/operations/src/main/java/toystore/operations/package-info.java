/**
 * A store of real processes on this machine: how it is started, found again, signalled, looked at,
 * audited and ended. {@link toystore.operations.LocalStore} is the whole of it for other tools; the
 * commands of bin/toystore are thin and use nothing else. Processes are known by what /proc says of
 * them, never by what was written down alone: so no other process is ever signalled.
 */
package toystore.operations;
