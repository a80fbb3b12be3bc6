/**
 * Searches everything one customer ever wrote or said.
 *
 * <p>Start at {@link io.earshot.InteractionIndex}. A host that only searches needs this module and
 * what it requires: no speech model, no mail parser.
 */
@org.jspecify.annotations.NullMarked
module io.earshot {
  requires static transitive org.jspecify;
  requires io.earshot.written;
  requires com.fasterxml.jackson.core;
  requires com.github.benmanes.caffeine;
  requires com.ibm.icu;
  requires org.apache.lucene.core;
  requires org.apache.lucene.analysis.common;
  requires org.apache.lucene.analysis.icu;
  requires static org.apache.lucene.analysis.kuromoji;
  requires static org.apache.lucene.analysis.morfologik;
  requires static org.apache.lucene.analysis.nori;
  requires static org.apache.lucene.analysis.smartcn;
  requires static org.apache.lucene.analysis.stempel;
  requires org.slf4j;

  exports io.earshot;
}
