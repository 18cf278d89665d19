/**
 * What a desk decides: the catalog and the order service in one, on a database that others keep
 * safe. {@link toystore.desk.DeskCore} is the way in, for the desk's service and for simulators.
 *
 * <p>A desk knows nothing that is not in the database but who has copies of toys. Whatever it
 * answers was read or written by a transaction that the database has made durable since the
 * question came.
 */
package toystore.desk;
