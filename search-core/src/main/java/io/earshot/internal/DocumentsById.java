package io.earshot.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** Looks interactions up by their id: one term a segment. */
public final class DocumentsById {
  private DocumentsById() {}

  /** Numbers of the documents of that id, one for each customer. */
  public static List<Integer> of(IndexReader reader, String id) throws IOException {
    BytesRef term = new BytesRef(id);
    List<Integer> documents = new ArrayList<>();
    for (LeafReaderContext leaf : reader.leaves()) {
      Terms terms = leaf.reader().terms(Fields.ID);
      TermsEnum found = terms == null ? TermsEnum.EMPTY : terms.iterator();
      if (!found.seekExact(term)) {
        continue;
      }
      Bits live = leaf.reader().getLiveDocs();
      PostingsEnum docs = found.postings(null, PostingsEnum.NONE);
      for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
        if (live == null || live.get(doc)) {
          documents.add(leaf.docBase + doc);
        }
      }
    }
    return documents;
  }
}
