/**
 * What a console shows of the store: the picture of now, what of it has changed since it was last
 * sent, and the story of what happened. Pure; the front-end gathers what goes in and sends what
 * comes out.
 */
package toystore.console;
