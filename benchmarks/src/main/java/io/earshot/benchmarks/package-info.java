/** Benchmarks: what is measured, and beside what, stands atop each class. */
@NullMarked
package io.earshot.benchmarks;

import org.jspecify.annotations.NullMarked;
