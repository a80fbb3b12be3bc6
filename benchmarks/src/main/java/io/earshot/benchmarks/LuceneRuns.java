package io.earshot.benchmarks;

import io.earshot.Attachment;
import io.earshot.Interaction;
import io.earshot.InteractionJson;
import io.earshot.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.QueryBuilder;
import org.apache.lucene.util.Version;

/**
 * Searches an evaluation collection with Lucene as it comes, and writes TREC runs.
 *
 * <p>BM25 with Lucene's parameters over one field that holds all text (subject, turns, quoted text,
 * signatures, the attachments' names and texts), in {@link EnglishAnalyzer}'s words, with the
 * statistics of the whole index; the customer is a filter. {@code bm25-one-field} finds any of the
 * query's words, as Lucene's QueryParser does, {@code bm25-and} all of them. Nothing was tried out
 * on the collection. Equal scores: newest first, then id.
 */
public final class LuceneRuns implements AutoCloseable {
  private static final Map<String, Occur> RUNS = new LinkedHashMap<>();

  static {
    RUNS.put("bm25-one-field", Occur.SHOULD);
    RUNS.put("bm25-and", Occur.MUST);
  }

  private static final int HITS = 100;
  private static final BM25Similarity BM25 = new BM25Similarity(1.2f, 0.75f);
  private static final Sort BEST_FIRST =
      new Sort(
          SortField.FIELD_SCORE,
          new SortField("startedAt", SortField.Type.LONG, true),
          new SortField("id", SortField.Type.STRING));

  private final Analyzer analyzer = new EnglishAnalyzer();
  private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final List<Topic> topics;

  private LuceneRuns(Path collection) throws IOException {
    topics = Topic.read(collection.resolve("topics.jsonl"));
    try (IndexWriter writer =
        new IndexWriter(directory, new IndexWriterConfig(analyzer).setSimilarity(BM25))) {
      for (String line : Files.readAllLines(collection.resolve("interactions.jsonl"))) {
        writer.addDocument(document(InteractionJson.read(line).interaction()));
      }
    }
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
    searcher.setSimilarity(BM25);
  }

  /**
   * Writes the runs.
   *
   * @param args the collection's folder, and the folder for the runs
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: LuceneRuns COLLECTION RUNS");
      System.exit(2);
    }
    Path runs = Files.createDirectories(Path.of(args[1]));
    try (LuceneRuns lucene = new LuceneRuns(Path.of(args[0]))) {
      for (String name : RUNS.keySet()) {
        Path file = runs.resolve(name + ".run");
        List<String> lines = lucene.run(name);
        Files.write(file, lines);
        System.err.printf(
            "%s: %d topics, %d interactions, %d lines, Lucene %s, %s%n",
            file,
            lucene.topics.size(),
            lucene.reader.numDocs(),
            lines.size(),
            Version.LATEST,
            BM25);
      }
    }
  }

  /** The lines of each run, by its name. */
  static Map<String, List<String>> of(Path collection) throws IOException {
    Map<String, List<String>> runs = new LinkedHashMap<>();
    try (LuceneRuns lucene = new LuceneRuns(collection)) {
      for (String name : RUNS.keySet()) {
        runs.put(name, lucene.run(name));
      }
    }
    return runs;
  }

  private static Document document(Interaction interaction) {
    Document document = new Document();
    document.add(new StringField("id", interaction.id(), Field.Store.YES));
    document.add(new SortedDocValuesField("id", new BytesRef(interaction.id())));
    document.add(new NumericDocValuesField("startedAt", interaction.startedAt().toEpochMilli()));
    for (String customer : interaction.customers()) {
      document.add(new StringField("customer", customer, Field.Store.NO));
    }
    document.add(new TextField("text", text(interaction), Field.Store.NO));
    return document;
  }

  private static String text(Interaction interaction) {
    List<String> text = new ArrayList<>();
    interaction.subject().ifPresent(text::add);
    for (Turn turn : interaction.turns()) {
      text.add(turn.text());
      turn.quotedText().ifPresent(text::add);
      turn.signature().ifPresent(text::add);
    }
    for (Attachment attachment : interaction.attachments()) {
      text.add(attachment.name());
      attachment.text().ifPresent(text::add);
    }
    return String.join("\n", text);
  }

  private List<String> run(String name) throws IOException {
    QueryBuilder words = new QueryBuilder(analyzer);
    List<String> lines = new ArrayList<>();
    for (Topic topic : topics) {
      Query query = words.createBooleanQuery("text", topic.query(), RUNS.get(name));
      if (query == null) { // stop words alone
        continue;
      }
      int rank = 1;
      for (ScoreDoc hit : search(query, topic.customer())) {
        String id = searcher.storedFields().document(hit.doc).get("id");
        lines.add(
            "%s Q0 %s %d %s %s"
                .formatted(topic.id(), id, rank++, ((FieldDoc) hit).fields[0], name));
      }
    }
    return lines;
  }

  private ScoreDoc[] search(Query words, String customer) throws IOException {
    Query query =
        new BooleanQuery.Builder()
            .add(words, Occur.MUST)
            .add(new TermQuery(new Term("customer", customer)), Occur.FILTER)
            .build();
    return searcher.search(query, HITS, BEST_FIRST).scoreDocs;
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
    analyzer.close();
  }
}
