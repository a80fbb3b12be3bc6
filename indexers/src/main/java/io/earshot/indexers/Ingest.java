package io.earshot.indexers;

import static java.util.Objects.requireNonNull;

import io.earshot.Interaction;
import io.earshot.InteractionIndex;
import io.earshot.transcription.Transcriber;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads files and folders of every format, finds the customers, and puts the interactions into an
 * index.
 *
 * <p>Folders are read with everything below them, sorted by name. Nothing is silently skipped: a
 * file is read, or quarantined with a reason, or ignored and counted (hidden files, reference
 * transcripts {@code *.ref.json}, side-cars and manifests of calls, and files such as {@code
 * README.md} that are nobody's words; a file that is named itself is ignored only as a reference,
 * side-car or manifest). A broken input never stops the run; a broken index does.
 *
 * <p>The same id from several places is one interaction, whose {@code source.locations} lists the
 * other places; where their content differs, the one with more turns stays. Indexing the same
 * inputs again changes nothing: a recording that was transcribed by the same model is not
 * transcribed again, even if its metadata changed.
 *
 * <p>Calls are transcribed by several workers at a time, everything else is read in order.
 * Immutable and thread-safe; one run knows nothing of another.
 */
public final class Ingest {
  private static final int DEFAULT_COMMIT_EVERY = 1_000;

  private final List<InteractionReader> readers;
  private final @Nullable InteractionReader forced;
  private final IdentityResolver customers;
  private final IngestListener listener;
  private final int workers;
  private final int commitEvery;

  private Ingest(Builder builder) {
    readers =
        builder.readers == null
            ? Formats.builtIn(
                builder.zone, builder.transcriber, Optional.ofNullable(builder.attachmentText))
            : builder.readers;
    forced = builder.format == null ? null : reader(builder.format);
    customers = builder.customers;
    listener = builder.listener;
    workers = builder.workers;
    commitEvery = builder.commitEvery;
  }

  private InteractionReader reader(String format) {
    return readers.stream()
        .filter(reader -> reader.format().equalsIgnoreCase(format))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(Problems.UNKNOWN_FORMAT.formatted(format, formats())));
  }

  /** Starts an ingest with the built-in readers. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where interactions go: an index. Used by one thread at a time. */
  public interface Target {
    /** What became of an interaction. */
    enum Outcome {
      /** It was new, or different. */
      INDEXED,
      /** The target held an equal one already, and was not changed. */
      UNCHANGED
    }

    /**
     * Adds an interaction, or replaces the one of the same id; nothing is done if it is equal to
     * what the target would hold afterwards.
     *
     * @throws IllegalArgumentException if this interaction cannot be held; the run goes on
     * @throws IOException if nothing can be added any more; the run ends with it
     */
    Outcome add(Interaction interaction) throws IOException;

    /**
     * The interaction of that id, also if it was added and not yet committed. Called once for each
     * interaction, before it is added.
     */
    Optional<Interaction> get(String id) throws IOException;

    /** Makes everything that was added durable. */
    void commit() throws IOException;

    /**
     * Into that index.
     *
     * @param index left open: the caller closes it
     */
    static Target of(InteractionIndex index) {
      return new IndexTarget(index);
    }
  }

  /**
   * Reads the paths into the target, and commits it every so often and at the end.
   *
   * @param paths files and folders
   * @throws IOException if the target throws it; what was committed stays
   */
  public IngestReport run(List<Path> paths, Target target) throws IOException {
    requireNonNull(target, "target");
    return new IngestRun(this, new IndexingStore(target, commitEvery)).over(List.copyOf(paths));
  }

  /**
   * Reads the paths and gives every interaction to the consumer: none is left out as a duplicate,
   * and nothing is indexed. {@link IngestReport#indexed()} counts them.
   *
   * @param paths files and folders
   * @param consumer called by one thread at a time, in the order of the inputs except for calls
   * @throws IOException if reading cannot go on at all
   */
  public IngestReport parse(List<Path> paths, Consumer<Interaction> consumer) throws IOException {
    requireNonNull(consumer, "consumer");
    return new IngestRun(this, new ParsingStore(consumer)).over(List.copyOf(paths));
  }

  /** The formats that are known, separated by commas. */
  String formats() {
    return readers.stream().map(InteractionReader::format).collect(Collectors.joining(", "));
  }

  /** The reader of an input; empty if none knows its format. */
  Optional<InteractionReader> readerOf(InputFile input) {
    return forced != null
        ? Optional.of(forced)
        : readers.stream().filter(reader -> reader.reads(input)).findFirst();
  }

  IdentityResolver customers() {
    return customers;
  }

  IngestListener listener() {
    return listener;
  }

  int workers() {
    return workers;
  }

  /** Makes an {@link Ingest}. Not thread-safe. */
  public static final class Builder {
    static final IngestListener SILENT = new IngestListener() {};

    private @Nullable List<InteractionReader> readers;
    private @Nullable String format;
    private ZoneId zone = ZoneId.systemDefault();
    private IdentityResolver customers = IdentityResolver.none();
    private IngestListener listener = SILENT;
    private Supplier<? extends Transcriber> transcriber =
        () -> {
          throw new IllegalStateException(Problems.NO_TRANSCRIBER);
        };
    private @Nullable AttachmentText attachmentText;
    private int workers = Runtime.getRuntime().availableProcessors();
    private int commitEvery = DEFAULT_COMMIT_EVERY;

    private Builder() {}

    /**
     * The readers to ask, in this order. By default all that come with Earshot; with others, {@link
     * #zone} and {@link #transcriber} are theirs to know.
     */
    public Builder readers(List<InteractionReader> newReaders) {
      readers = List.copyOf(newReaders);
      return this;
    }

    /** The format of every input. By default each input's own, told by its content and name. */
    public Builder as(String newFormat) {
      format = requireNonNull(newFormat, "format");
      return this;
    }

    /** The zone of times that name none, such as WhatsApp's. By default the system's. */
    public Builder zone(ZoneId newZone) {
      zone = requireNonNull(newZone, "zone");
      return this;
    }

    /** Who finds the customers. By default nobody: they are what the inputs say. */
    public Builder customers(IdentityResolver newCustomers) {
      customers = requireNonNull(newCustomers, "customers");
      return this;
    }

    /**
     * What transcribes calls; asked when the first call needs it, and once. By default nothing:
     * calls are quarantined.
     *
     * @param newTranscriber its transcriber is left open: who supplied it closes it
     */
    public Builder transcriber(Supplier<? extends Transcriber> newTranscriber) {
      transcriber = requireNonNull(newTranscriber, "transcriber");
      return this;
    }

    /**
     * What finds the words in PDF and office documents attached to e-mail. By default nothing: only
     * text and HTML attachments are searched.
     *
     * @param newAttachmentText left open: the caller closes it after the last run
     */
    public Builder attachmentText(AttachmentText newAttachmentText) {
      attachmentText = requireNonNull(newAttachmentText, "attachmentText");
      return this;
    }

    /**
     * How many calls are transcribed at a time. By default one for each processor.
     *
     * @throws IllegalArgumentException unless at least 1
     */
    public Builder workers(int newWorkers) {
      if (newWorkers < 1) {
        throw new IllegalArgumentException("workers must be at least 1, got " + newWorkers);
      }
      workers = newWorkers;
      return this;
    }

    /**
     * After how many interactions the target is committed; also 30 seconds after the last commit.
     * By default 1,000.
     *
     * @throws IllegalArgumentException unless at least 1
     */
    public Builder commitEvery(int interactions) {
      if (interactions < 1) {
        throw new IllegalArgumentException("commitEvery must be at least 1, got " + interactions);
      }
      commitEvery = interactions;
      return this;
    }

    /** Who is told how the run goes. By default nobody. */
    public Builder listener(IngestListener newListener) {
      listener = requireNonNull(newListener, "listener");
      return this;
    }

    /**
     * The ingest.
     *
     * @throws IllegalArgumentException if there is no reader of the format given to {@link #as}
     */
    public Ingest build() {
      return new Ingest(this);
    }
  }
}
