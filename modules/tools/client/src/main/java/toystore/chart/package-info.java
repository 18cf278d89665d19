/**
 * Charts, drawn by JFreeChart. How they look and how they become files is decided here and nowhere
 * else; what they show is the caller's. Whoever has figures to draw may call it.
 */
package toystore.chart;
