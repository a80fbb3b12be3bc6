package io.earshot;

import static java.util.Objects.requireNonNull;

import io.earshot.internal.Analysis;
import io.earshot.internal.DocumentsById;
import io.earshot.internal.Fields;
import io.earshot.internal.ScopeCache;
import io.earshot.internal.ScopedSearcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.ReaderManager;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

/**
 * Holds interactions and searches them.
 *
 * <pre>{@code
 * try (InteractionIndex index = InteractionIndex.open(Path.of("earshot-index"))) {
 *   index.add(interaction);
 *   for (Hit hit : index.customer("c-42").search("refund broken kettle").hits()) {
 *     System.out.println(hit.startedAt() + " " + hit.passages().getFirst().text());
 *   }
 * }
 * }</pre>
 *
 * <p><b>Visible is not durable.</b> A search sees every interaction whose {@link #add} returned
 * before it began. What was added survives a crash only once {@link #commit} (or {@link #close})
 * returned.
 *
 * <p>One process at a time may have an index open for writing; any number may have it open
 * {@linkplain Builder#readOnly() for reading}, and see what was committed, within about a second.
 *
 * <p>Thread-safe, and safe against interrupts: a search, commit or close that is interrupted goes
 * on, and an add too unless the interrupt comes in its middle. Whoever opened an index closes it.
 * Every method throws {@link IllegalStateException} once it is closed and {@link
 * UncheckedIOException} if its files cannot be read or written.
 *
 * <p>The layout: one Lucene document for each interaction and customer, in an index sorted by
 * customer and then newest first, so that a customer's history is one run of documents in each
 * segment and only that run is ever scored. See {@code docs/adr/0001} to {@code 0003}.
 */
public final class InteractionIndex implements AutoCloseable {
  /** Version of the layout on disk that this code writes. */
  public static final int FORMAT_VERSION = IndexFormat.VERSION;

  private static final long READ_ONLY_REFRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Directory directory;
  private final @Nullable IndexWriter writer; // null: open for reading only
  private final ReaderManager readers;
  private final String name;
  private final String defaultLanguage;
  private final RankingProfile ranking;
  private final LanguageDetector languageDetector;
  private final byte[] key;
  private final ScopeCache scopeCache = new ScopeCache();
  private final Shield shield = new Shield();
  private final AtomicBoolean closed = new AtomicBoolean();

  // Held alone by a change of several steps, and shared by whatever must not see it half done.
  private final ReadWriteLock steps = new ReentrantReadWriteLock();
  private final AtomicLong changes = new AtomicLong();
  private final PendingIds pending = new PendingIds();
  private final Object refreshing = new Object();
  private volatile long refreshedTo;
  private volatile Synonyms synonyms;
  private volatile long refreshedAtNanos = System.nanoTime();

  private InteractionIndex(
      Directory directory,
      @Nullable IndexWriter writer,
      String name,
      String defaultLanguage,
      RankingProfile ranking,
      LanguageDetector languageDetector,
      byte[] key,
      Synonyms synonyms)
      throws IOException {
    this.directory = directory;
    this.synonyms = synonyms;
    this.name = name;
    this.writer = writer;
    this.defaultLanguage = defaultLanguage;
    this.ranking = ranking;
    this.languageDetector = languageDetector;
    this.key = key;
    synonyms.prepare(Analysis.code(defaultLanguage));
    readers = writer == null ? new ReaderManager(directory) : new ReaderManager(writer);
  }

  /**
   * Opens an index for reading and writing, and makes it if there is none.
   *
   * @param directory its folder
   * @throws EarshotException if the folder holds something else, an index of another version, or
   *     one that another process is writing to; {@link EarshotException#code()} says which
   */
  public static InteractionIndex open(Path directory) {
    return builder().directory(directory).open();
  }

  /** Starts an index with other settings. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Checks every file and document of an index, and counts.
   *
   * <p>Time is linear in the size of the index: all of it is read. Nothing is changed.
   *
   * @param directory the index's folder
   * @throws EarshotException if there is no index, or a process is writing to it
   */
  public static IndexCheck check(Path directory) {
    return IndexChecker.check(requireNonNull(directory, "directory"));
  }

  /**
   * Adds an interaction, or replaces the one of the same {@link Interaction#id()}, for each of its
   * customers.
   *
   * @throws IllegalArgumentException if its id, or a customer's, has more than 8,000 bytes of UTF-8
   *     or holds half a surrogate pair, or if it has more turns than an index can number, about two
   *     million; the index is then as it was
   */
  public void add(Interaction interaction) {
    requireNonNull(interaction, "interaction");
    List<Document> documents =
        InteractionDocument.of(interaction, languageDetector, defaultLanguage);
    Term id = new Term(Fields.ID, interaction.id());
    boolean severalSteps = documents.size() > 1;
    change(
        interaction.id(),
        severalSteps,
        open -> {
          open.updateDocument(id, documents.getFirst());
          for (Document copy : documents.subList(1, documents.size())) {
            open.addDocument(copy);
          }
        });
  }

  /**
   * Removes the interaction of that {@link Interaction#id()}, if it is there, for every customer.
   */
  public void remove(String id) {
    requireNonNull(id, "id");
    if (id.length() > IndexWriter.MAX_TERM_LENGTH / 3) {
      return; // so long an id was never added, and Lucene fails on it
    }
    change(id, false, open -> open.deleteDocuments(new Term(Fields.ID, id)));
  }

  /** The interaction of that {@link Interaction#id()}, with all its customers. */
  public Optional<Interaction> get(String id) {
    requireNonNull(id, "id");
    return read(
        pending.mayHold(id),
        reader -> {
          List<Interaction> copies = new ArrayList<>();
          for (int doc : DocumentsById.of(reader, id)) {
            copies.add(HitReader.interaction(reader, doc));
          }
          return joined(copies);
        });
  }

  private static Optional<Interaction> joined(List<Interaction> copies) {
    Set<String> customers = new LinkedHashSet<>();
    copies.forEach(copy -> customers.addAll(copy.customers()));
    return copies.isEmpty()
        ? Optional.empty()
        : Optional.of(copies.getFirst().toBuilder().customers(List.copyOf(customers)).build());
  }

  /**
   * The history of one customer. Costs nothing; a customer nobody has heard of has an empty
   * history.
   *
   * @param customer the customer's id
   */
  public CustomerHistory customer(String customer) {
    requireOpen();
    return new CustomerHistory(this, Optional.of(requireNonNull(customer, "customer")));
  }

  /** Everybody's history: for administration, never for an agent who serves one customer. */
  public CustomerHistory everyone() {
    requireOpen();
    return new CustomerHistory(this, Optional.empty());
  }

  /**
   * From now on also looks for words by these synonyms, and by no others; nothing is indexed again.
   *
   * <p>Takes some seconds for 100,000 rules; searches go on meanwhile, and those that run keep
   * theirs. A cursor that was given under other synonyms is refused, since its page would not go
   * on.
   */
  public void useSynonyms(Synonyms newSynonyms) {
    requireOpen();
    requireNonNull(newSynonyms, "synonyms").prepare(Analysis.code(defaultLanguage));
    synonyms = newSynonyms;
  }

  /** Number of interactions that a search now sees; one of two customers counts twice. */
  public long size() {
    return read(reader -> (long) reader.numDocs());
  }

  /** Makes durable what was changed: once this returned, it survives a crash and a power cut. */
  public void commit() {
    steps.readLock().lock();
    try {
      IndexWriter open = requireWriter();
      io(() -> shield.run(open::commit));
    } finally {
      steps.readLock().unlock();
    }
  }

  /** Commits what was changed and closes the files; again is harmless. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    steps.readLock().lock();
    try {
      shield.run(
          () -> {
            try (directory;
                IndexWriter closing = writer;
                readers) {
              return closing != null;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the index at " + name, e);
    } finally {
      steps.readLock().unlock();
    }
  }

  String defaultLanguage() {
    return defaultLanguage;
  }

  /** What hits are ranked by unless a request says otherwise. */
  RankingProfile ranking() {
    return ranking;
  }

  /** Which languages that interaction is in. */
  TurnLanguages languages(Interaction interaction) {
    return new TurnLanguages(interaction, languageDetector, defaultLanguage);
  }

  /** What words are also looked for by. */
  Synonyms synonyms() {
    return synonyms;
  }

  /** What was counted of large histories. */
  ScopeCache scopeCache() {
    return scopeCache;
  }

  /** What cursors are signed with. */
  byte[] key() {
    return key;
  }

  /** Work on a reader that throws what Lucene throws. */
  interface Reading<T> {
    T with(DirectoryReader reader) throws IOException;
  }

  private interface Writing {
    void with(IndexWriter writer) throws IOException;
  }

  /** Works on a reader that sees every change that returned before this was called. */
  <T> T read(Reading<T> work) {
    return read(true, work);
  }

  private <T> T read(boolean newest, Reading<T> work) {
    requireOpen();
    return io(
        () -> {
          if (newest || writer == null) {
            refresh();
          }
          DirectoryReader reader = readers.acquire();
          try {
            return work.with(reader);
          } finally {
            readers.release(reader);
          }
        });
  }

  private void refresh() throws IOException {
    if (writer == null) {
      if (System.nanoTime() - refreshedAtNanos > READ_ONLY_REFRESH_NANOS) {
        shield.run(
            () -> {
              readers.maybeRefreshBlocking();
              refreshedAtNanos = System.nanoTime();
              return true;
            });
      }
      return;
    }
    if (refreshedTo < changes.get()) {
      synchronized (refreshing) {
        long target = changes.get();
        if (refreshedTo < target) {
          steps.readLock().lock();
          try {
            shield.run(
                () -> {
                  readers.maybeRefreshBlocking();
                  return target;
                });
          } finally {
            steps.readLock().unlock();
          }
          pending.visibleTo(target);
          refreshedTo = target;
        }
      }
    }
  }

  private void change(String id, boolean severalSteps, Writing work) {
    IndexWriter open = requireWriter();
    if (severalSteps) {
      steps.writeLock().lock();
    }
    try {
      io(
          () -> {
            try {
              if (Thread.currentThread().isInterrupted()) {
                shield.run(
                    () -> {
                      work.with(open);
                      return id;
                    });
              } else {
                work.with(open);
              }
            } finally { // a change that failed half way has changed something, too
              pending.changed(id, changes.incrementAndGet());
            }
            return id;
          });
    } finally {
      if (severalSteps) {
        steps.writeLock().unlock();
      }
    }
  }

  private <T> T io(Shield.Work<T> work) {
    try {
      return work.run();
    } catch (AlreadyClosedException e) {
      if (closed.get()) {
        throw isClosed();
      }
      throw new EarshotException(
          "EARSHOT-107",
          "the index at %s was closed by an earlier error and must be opened again; what was committed is safe (cause: %s)"
              .formatted(name, e.getCause() == null ? e : e.getCause()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("the index at " + name + " failed: " + e, e);
    }
  }

  private IndexWriter requireWriter() {
    requireOpen();
    if (writer == null) {
      throw new IllegalStateException(
          "the index at " + name + " is open for reading only: open it without readOnly()");
    }
    return writer;
  }

  private void requireOpen() {
    if (closed.get()) {
      throw isClosed();
    }
  }

  private IllegalStateException isClosed() {
    return new IllegalStateException("the index at " + name + " is closed");
  }

  /** Opens an {@link InteractionIndex}. Not thread-safe. */
  public static final class Builder {
    private @Nullable Path directory;
    private boolean inMemory;
    private boolean readOnly;
    private Optional<String> defaultLanguage = Optional.empty();
    private RankingProfile ranking = RankingProfile.standard();
    private LanguageDetector languageDetector = LanguageDetector.builtIn();
    private Synonyms synonyms = Synonyms.none();

    private Builder() {}

    /** The index's folder. */
    public Builder directory(Path newDirectory) {
      directory = requireNonNull(newDirectory, "directory");
      return this;
    }

    /** Keeps the index in memory, for tests: closing it loses everything. By default on disk. */
    public Builder inMemory() {
      inMemory = true;
      return this;
    }

    /**
     * Opens the index for reading only, as many processes may at once. By default for writing too.
     */
    public Builder readOnly() {
      readOnly = true;
      return this;
    }

    /**
     * BCP 47 tag of the language of texts that name none and of which none is detected; settled
     * when the index is made. By default the one it was made with, and of a new one English.
     */
    public Builder defaultLanguage(String newDefaultLanguage) {
      defaultLanguage = Optional.of(requireNonNull(newDefaultLanguage, "defaultLanguage"));
      return this;
    }

    /**
     * What hits are ranked by unless a request says otherwise. By default {@link
     * RankingProfile#standard()}. It is not stored: an index may be opened with another each time.
     */
    public Builder ranking(RankingProfile newRanking) {
      ranking = requireNonNull(newRanking, "ranking");
      return this;
    }

    /**
     * Tells which language a text is in whose interaction and turn name none. By default {@link
     * LanguageDetector#builtIn()}; with {@link LanguageDetector#none()} such texts are all in the
     * default language.
     *
     * <p>It is no property of the index: one that is opened with another detector asks that one
     * about what is added from then on, and what it holds stays as it was detected.
     */
    public Builder languageDetector(LanguageDetector newLanguageDetector) {
      languageDetector = requireNonNull(newLanguageDetector, "languageDetector");
      return this;
    }

    /**
     * What words are also looked for by; not part of the index. By default nothing. {@link
     * InteractionIndex#useSynonyms} changes it while the index is open.
     */
    public Builder synonyms(Synonyms newSynonyms) {
      synonyms = requireNonNull(newSynonyms, "synonyms");
      return this;
    }

    /**
     * Opens the index; the caller closes it.
     *
     * @throws EarshotException if the folder holds something else, an index of another version, or
     *     one that another process is writing to; if it was made with another default language; or
     *     if it is to be read only and there is none
     * @throws IllegalStateException unless exactly one of {@link #directory} and {@link #inMemory}
     *     was called
     * @throws UncheckedIOException if its files cannot be read or written
     */
    public InteractionIndex open() {
      if (inMemory == (directory != null)) {
        throw new IllegalStateException("call either directory(...) or inMemory()");
      }
      if (inMemory && readOnly) {
        throw new IllegalStateException("an index in memory is new: it cannot be readOnly()");
      }
      if (directory == null) {
        return open(new ByteBuffersDirectory(), "memory");
      }
      return open(IndexFormat.openDirectory(directory, readOnly), directory.toString());
    }

    private InteractionIndex open(Directory files, String name) {
      try {
        IndexWriter writer = null;
        try {
          if (!readOnly) {
            writer = IndexFormat.openWriter(files, config(), name, defaultLanguage);
          }
          String language = IndexFormat.language(files, name, defaultLanguage);
          return new InteractionIndex(
              files,
              writer,
              name,
              language,
              ranking,
              languageDetector,
              IndexFormat.identity(files),
              synonyms);
        } catch (IOException | RuntimeException e) {
          try (files) {
            if (writer != null) {
              writer.rollback();
            }
          }
          throw e;
        }
      } catch (IOException e) {
        throw IndexFormat.cannotOpen(name, e);
      }
    }

    private static IndexWriterConfig config() {
      return new IndexWriterConfig()
          .setSimilarity(ScopedSearcher.similarity())
          .setRAMBufferSizeMB(64)
          .setIndexSort(
              new Sort(
                  new SortField(Fields.CUSTOMER, SortField.Type.STRING),
                  new SortField(Fields.STARTED_AT, SortField.Type.LONG, true),
                  new SortField(Fields.ID, SortField.Type.STRING)));
    }
  }
}
