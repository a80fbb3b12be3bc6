/** Finds the words in attachments, with Tika in processes of their own. */
@NullMarked
package io.earshot.indexers.internal.attachments;

import org.jspecify.annotations.NullMarked;
