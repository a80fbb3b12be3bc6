/** How the index is laid out, asked and answered; nothing here is API. */
@NullMarked
package io.earshot.internal;

import org.jspecify.annotations.NullMarked;
