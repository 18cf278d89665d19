/**
 * The lab of a store: a page on loopback from which everybody at this machine may break it, and see
 * what comes of it. {@link toystore.lab.LabVerticle} has its routes, {@link toystore.lab.LabGate}
 * lets in the page's own requests only. It is a process of its own beside the services, which know
 * nothing of it; {@code bin/toystore up --lab} starts it.
 */
package toystore.lab;
