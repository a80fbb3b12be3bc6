package io.earshot.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;

class ScopeNamesTest {
  private static final Ranking PLAIN =
      new Ranking(Map.of(), 0, 1.2f, 0.75f, 1, 0, 0, 0, 1, Map.of(), Ranking.Statistics.SCOPE);

  private static final List<String> NAMES =
      List.of("ORD-2026-4512", "ORD-2026-4512", "ORD-2025-0099", "+49 30 901820", "\u00c9mile N.");

  private static List<String> beginning(String typed) throws IOException {
    try (Directory directory = new ByteBuffersDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
        for (String name : NAMES) {
          Document document = new Document();
          document.add(new StringField(Fields.CUSTOMER, "c-1", Field.Store.NO));
          document.add(new SortedSetDocValuesField(Fields.IDENTIFIER, new BytesRef(name)));
          writer.addDocument(document);
        }
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        ScopedSearcher searcher =
            new ScopedSearcher(reader, Optional.of("c-1"), new ScopeCache(), PLAIN);
        return ScopeNames.of(searcher, Fields.IDENTIFIER).beginning(typed, 10).stream()
            .map(name -> name.text() + " " + name.interactions())
            .toList();
      }
    }
  }

  @Test
  void beginning_anyPart_mostFrequentFirst() throws IOException {
    assertThat(beginning("ord")).containsExactly("ORD-2026-4512 2", "ORD-2025-0099 1");
    assertThat(beginning("45")).containsExactly("ORD-2026-4512 2");
    assertThat(beginning("ord 2025")).containsExactly("ORD-2025-0099 1");
    assertThat(beginning("em")).containsExactly("\u00c9mile N. 1");
    assertThat(beginning("2026 ")).containsExactly("ORD-2026-4512 2");
    assertThat(beginning("202 ")).isEmpty();
    assertThat(beginning("512")).isEmpty();
  }

  @Test
  void beginning_telephoneNumber_withAndWithoutItsSpaces() throws IOException {
    assertThat(beginning("4930")).containsExactly("+49 30 901820 1");
    assertThat(beginning("49 30 9")).containsExactly("+49 30 901820 1");
  }

  @Test
  void rest_wordsTyped_whatIsBehindThem() {
    assertThat(ScopeNames.rest("Nina Kraus", "nina kr", 1)).contains("Kraus");
    assertThat(ScopeNames.rest("+49 30 901820", "49 3", 1)).contains("30 901820");
    assertThat(ScopeNames.rest("Nina Kraus", "kraus ni", 1)).isEmpty();
  }
}
