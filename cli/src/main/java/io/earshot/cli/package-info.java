/** The command line: glue over the library, and nothing else. */
@NullMarked
package io.earshot.cli;

import org.jspecify.annotations.NullMarked;
