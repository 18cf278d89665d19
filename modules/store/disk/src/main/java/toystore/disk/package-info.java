/**
 * One service's files: a folder that one process owns, and in it an SQLite database with one writer
 * thread, which puts all waiting changes into one transaction (group commit). Beside it are files
 * by which old rows are found that are not in memory, and checks that read old rows again, slowly.
 */
package toystore.disk;
