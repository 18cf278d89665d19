/**
 * A desk as a service: its connection to PostgreSQL, its HTTP, its wiring. {@link
 * toystore.desk.DeskCore} decides, and what is here carries out. Other services call it through its
 * internal port only.
 */
package toystore.postgres;
