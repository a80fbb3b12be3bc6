package io.earshot.internal;

import java.io.IOException;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.apache.lucene.index.PostingsEnum;

/**
 * Walks through the positions of a word in one document, whatever its form, in ascending order.
 * Where two forms stand, as word and stem do, it stands once. Not thread-safe.
 */
final class Positions {
  private final TimeLimit limit;
  private final PriorityQueue<Form> forms =
      new PriorityQueue<>(Comparator.comparingInt(form -> form.position));

  Positions(TimeLimit limit) {
    this.limit = limit;
  }

  /** One form, and where it stands next. */
  private static final class Form {
    private final PostingsEnum postings;
    private int left;
    private int position;

    private Form(PostingsEnum postings) throws IOException {
      this.postings = postings;
      left = postings.freq();
    }

    private boolean next() throws IOException {
      if (left == 0) {
        return false;
      }
      left--;
      position = postings.nextPosition();
      return true;
    }
  }

  /** Adds a form that stands in the document. */
  void add(PostingsEnum postings) throws IOException {
    Form form = new Form(postings);
    if (form.next()) {
      forms.add(form);
    }
  }

  /**
   * Goes on to the first position that is not before that one; false if there is none, or no time.
   */
  boolean advance(int target) throws IOException {
    Form first = forms.peek();
    while (first != null && first.position < target && limit.allows(1)) {
      forms.remove();
      if (first.next()) {
        forms.add(first);
      }
      first = forms.peek();
    }
    return first != null && first.position >= target;
  }

  /** Where it has got to. */
  int position() {
    return forms.element().position;
  }

  int startOffset() throws IOException {
    return forms.element().postings.startOffset();
  }

  int endOffset() throws IOException {
    return forms.element().postings.endOffset();
  }
}
