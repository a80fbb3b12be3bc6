/** Spoken and written forms of words, and redaction; depends on nothing but the JDK. */
@org.jspecify.annotations.NullMarked
module io.earshot.written {
  requires static transitive org.jspecify;

  exports io.earshot.written;
}
