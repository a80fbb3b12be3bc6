package io.earshot.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.Test;

class ScopeCacheTest {
  private record Weight(long bytes) implements ScopeCache.Value {}

  private int counted;

  private Weight get(ScopeCache cache, List<LeafReaderContext> leaves, String customer, long bytes)
      throws IOException {
    return cache.get(
        leaves,
        customer,
        "f",
        Weight.class,
        () -> {
          counted++;
          return new Weight(bytes);
        });
  }

  @Test
  void get_again_countedOncePerCustomerUntilTheReaderCloses() throws IOException {
    ScopeCache cache = new ScopeCache(100);
    try (Directory directory = new ByteBuffersDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
        writer.addDocument(new Document());
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        List<LeafReaderContext> leaves = reader.leaves();

        get(cache, leaves, "c-1", 40);
        get(cache, leaves, "c-1", 40);
        get(cache, leaves, "c-2", 40);
        assertThat(counted).isEqualTo(2);
        assertThat(cache.bytes()).isEqualTo(92); // six more for each id
        get(cache, leaves, "c-3", 101);
        get(cache, leaves, "c-3", 101); // too large to keep
        assertThat(counted).isEqualTo(4);
        assertThat(cache.bytes()).isEqualTo(92);
        for (int i = 4; i < 100; i++) {
          get(cache, leaves, "c-" + i, 40);
          assertThat(cache.bytes()).isLessThanOrEqualTo(100);
        }
      }
      assertThat(cache.bytes()).isZero();
    }
  }
}
