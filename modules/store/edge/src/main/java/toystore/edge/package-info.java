/**
 * The Vert.x rim all services share: JSON, HTTP in and out, batches, configuration, the start and
 * the end of a process.
 */
package toystore.edge;
