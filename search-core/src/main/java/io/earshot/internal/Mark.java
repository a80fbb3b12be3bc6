package io.earshot.internal;

/**
 * A match of one word or phrase of a query.
 *
 * @param startOffset where it begins in the field's text
 * @param endOffset where it ends
 * @param firstPosition position of its first word
 * @param lastPosition position of its last word
 * @param clause number of the query's word or phrase that it answers
 */
public record Mark(
    int startOffset, int endOffset, int firstPosition, int lastPosition, int clause) {}
