/**
 * How an e-mail becomes an interaction: its headers, its tree of parts, its texts.
 *
 * <p>{@link io.earshot.indexers.internal.mail.MailParser} puts the pieces together.
 */
@NullMarked
package io.earshot.indexers.internal.mail;

import org.jspecify.annotations.NullMarked;
