/** Values all services share. They check themselves; nothing here knows HTTP, JSON or disk. */
package toystore.model;
