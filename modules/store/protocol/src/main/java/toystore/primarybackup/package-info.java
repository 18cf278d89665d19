/**
 * The primary-backup engine: front-ends appoint leaders, a leader gathers promises and the newest
 * log, appends, and commits what a majority has on disk. It decides who leads this replica's epoch,
 * what is in the log and what is committed. Made by the order service and driven through {@link
 * toystore.replication.ReplicaCore} alone.
 */
package toystore.primarybackup;
