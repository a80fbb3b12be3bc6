/**
 * Readers of what a company keeps (e-mail, chat exports, call recordings) and the ingest run.
 *
 * <p>Start at {@link io.earshot.indexers.Ingest}: it walks files and folders, asks each {@link
 * io.earshot.indexers.InteractionReader} whether a file is of its format, has an {@link
 * io.earshot.indexers.IdentityResolver} find the customers, and fills an {@link
 * io.earshot.indexers.Ingest.Target}. A reader can be used alone, too: it gives what it finds to a
 * {@link io.earshot.indexers.InteractionReader.Sink}.
 */
@NullMarked
package io.earshot.indexers;

import org.jspecify.annotations.NullMarked;
