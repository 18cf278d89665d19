/**
 * The program behind bin/toystore. It decides which commands there are and how the top help groups
 * them. Nothing depends on it but the script and tests of the whole.
 */
package toystore.cli;
