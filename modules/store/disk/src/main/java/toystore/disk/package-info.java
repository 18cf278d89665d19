/**
 * One service's files: a folder that one process owns, and in it an SQLite database with one writer
 * thread, which puts all waiting changes into one transaction (group commit).
 */
package toystore.disk;
