/**
 * The domain model and the index.
 *
 * <p>An {@link io.earshot.Interaction} is one e-mail, chat conversation, call, ticket, post or
 * note; its {@link io.earshot.Turn}s are what was written or said. {@link
 * io.earshot.InteractionJson} reads and writes it as JSON. An {@link io.earshot.InteractionIndex}
 * holds interactions; {@link io.earshot.InteractionIndex#customer(String)} is one customer's
 * history, and searching it gives {@link io.earshot.Hit}s whose {@link io.earshot.Passage}s point
 * at the moment something was said.
 */
@NullMarked
package io.earshot;

import org.jspecify.annotations.NullMarked;
