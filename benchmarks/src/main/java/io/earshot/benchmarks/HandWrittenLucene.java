package io.earshot.benchmarks;

import io.earshot.Interaction;
import io.earshot.InteractionJson;
import io.earshot.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * What a careful developer writes on Lucene alone: the same index sort, the same words and stems,
 * offsets in the postings, a filter on the customer, and the UnifiedHighlighter. The baseline.
 *
 * <p>It has no moments: a hit does not know who spoke, nor when.
 */
final class HandWrittenLucene implements AutoCloseable {
  private static final FieldType TEXT = new FieldType();

  static {
    TEXT.setTokenized(true);
    TEXT.setStored(true);
    TEXT.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
    TEXT.freeze();
  }

  private final FSDirectory directory;
  private final IndexWriter writer;
  private final Analyzer analyzer = new ExactAndStem();
  private DirectoryReader reader;
  private IndexSearcher searcher;

  HandWrittenLucene(Path path) throws IOException {
    directory = FSDirectory.open(path);
    writer =
        new IndexWriter(
            directory,
            new IndexWriterConfig(analyzer)
                .setRAMBufferSizeMB(64)
                .setIndexSort(
                    new Sort(
                        new SortField("customer", SortField.Type.STRING),
                        new SortField("startedAt", SortField.Type.LONG, true))));
    reader = DirectoryReader.open(writer);
    searcher = new IndexSearcher(reader);
  }

  private static final class ExactAndStem extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer source = new ICUTokenizer();
      return new TokenStreamComponents(source, new StemBeside(new ICUFoldingFilter(source)));
    }
  }

  /** After each word its marked English stem, at the same position. */
  private static final class StemBeside extends TokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute increment =
        addAttribute(PositionIncrementAttribute.class);
    private final EnglishStemmer stemmer = new EnglishStemmer();
    private boolean stemIsNext;

    private StemBeside(TokenStream input) {
      super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
      if (stemIsNext) {
        stemIsNext = false;
        stemmer.setCurrent(term.buffer().clone(), term.length());
        stemmer.stem();
        term.setEmpty()
            .append("en\u001f")
            .append(new String(stemmer.getCurrentBuffer(), 0, stemmer.getCurrentBufferLength()));
        increment.setPositionIncrement(0);
        return true;
      }
      stemIsNext = input.incrementToken();
      return stemIsNext;
    }

    @Override
    public void reset() throws IOException {
      super.reset();
      stemIsNext = false;
    }
  }

  void add(Interaction interaction) throws IOException {
    Document document = new Document();
    String customer = interaction.customers().getFirst();
    document.add(new StringField("id", interaction.id(), Field.Store.YES));
    document.add(new StringField("customer", customer, Field.Store.NO));
    document.add(new SortedDocValuesField("customer", new BytesRef(customer)));
    document.add(new NumericDocValuesField("startedAt", interaction.startedAt().toEpochMilli()));
    String text = interaction.turns().stream().map(Turn::text).collect(Collectors.joining("\n"));
    document.add(new Field("text", text, TEXT));
    document.add(
        new StoredField(
            "json", InteractionJson.write(interaction).getBytes(StandardCharsets.UTF_8)));
    writer.updateDocument(new Term("id", interaction.id()), document);
  }

  void commit() throws IOException {
    writer.commit();
    reader.close();
    reader = DirectoryReader.open(writer);
    searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null);
  }

  /** The snippets of the ten best hits that hold all the words. */
  String[] search(String customer, String... words) throws IOException {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    EnglishStemmer stemmer = new EnglishStemmer();
    for (String word : words) {
      stemmer.setCurrent(word);
      stemmer.stem();
      query.add(
          new SynonymQuery.Builder("text")
              .addTerm(new Term("text", word))
              .addTerm(new Term("text", "en\u001f" + stemmer.getCurrent()), 0.6f)
              .build(),
          Occur.MUST);
    }
    query.add(new TermQuery(new Term("customer", customer)), Occur.FILTER);
    BooleanQuery built = query.build();
    TopDocs hits = searcher.search(built, 10);
    UnifiedHighlighter highlighter =
        UnifiedHighlighter.builder(searcher, analyzer).withMaxLength(Integer.MAX_VALUE - 1).build();
    return highlighter.highlight("text", built, hits, 3);
  }

  @Override
  public void close() throws IOException {
    reader.close();
    writer.close();
    directory.close();
  }
}
