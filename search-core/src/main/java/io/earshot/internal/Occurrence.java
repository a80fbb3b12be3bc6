package io.earshot.internal;

/**
 * Words side by side that answer one leaf of a formula.
 *
 * @param leaf the leaf's number
 * @param field index of the field in {@link Fields#searched()}
 * @param first position of the first word
 * @param last position of the last word
 * @param startOffset where it begins in the field's text; -1 unless offsets were asked for
 * @param endOffset where it ends
 */
record Occurrence(int leaf, int field, int first, int last, int startOffset, int endOffset) {
  boolean sharesWordWith(Occurrence other) {
    return field == other.field && first <= other.last && other.first <= last;
  }
}
