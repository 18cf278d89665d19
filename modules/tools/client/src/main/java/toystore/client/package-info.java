/**
 * The asynchronous load client. It speaks the public API only, so it loads any store that has it.
 *
 * <p>Settings go in, a {@link toystore.client.Report} comes out: {@code LoadPlan} and {@code
 * Schedule} decide what is done and when, a {@code LoadLoop} of {@code SimulatedClient}s does it,
 * {@code LatencyRecorder} and {@code Verifier} judge it, the renderers show it.
 */
package toystore.client;
