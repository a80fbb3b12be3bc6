package io.earshot.internal;

/**
 * Something that interactions hold.
 *
 * @param text what it is
 * @param interactions how many of them
 */
public record Counted(String text, int interactions) {}
