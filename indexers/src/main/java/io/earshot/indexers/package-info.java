/**
 * Readers of what a company keeps (e-mail, chat exports, call recordings) and the ingest run.
 *
 * <p>An {@link io.earshot.indexers.InteractionReader} reads one format.
 */
@NullMarked
package io.earshot.indexers;

import org.jspecify.annotations.NullMarked;
