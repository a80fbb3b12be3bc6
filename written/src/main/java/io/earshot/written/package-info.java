/**
 * Spoken and written forms of the same words: "forty five twelve" and "4512".
 *
 * <p>{@link io.earshot.written.WrittenForms} is the contract; {@link
 * io.earshot.written.WrittenForms#asHeard()} keeps every word as it was heard.
 */
@NullMarked
package io.earshot.written;

import org.jspecify.annotations.NullMarked;
