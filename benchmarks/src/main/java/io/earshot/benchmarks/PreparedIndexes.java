package io.earshot.benchmarks;

import io.earshot.CustomerHistory;
import io.earshot.Interaction;
import io.earshot.InteractionIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.FSDirectory;

/**
 * One {@link GeneratedCorpus}, indexed by Earshot and by the baseline.
 *
 * <p>Indexing takes many minutes, so it is done once: the two indexes stay in a folder that is
 * named after the corpus's size, Earshot's index format and the corpus's version, beneath the
 * folder that the system property {@value #FOLDER} names ({@value #DEFAULT_FOLDER} beneath the
 * working directory unless set). Whoever changes a layout without raising its version removes the
 * folder by hand.
 */
final class PreparedIndexes implements AutoCloseable {
  /** System property that names the folder of all prepared indexes. */
  static final String FOLDER = "earshot.benchmark.data";

  private static final String DEFAULT_FOLDER = "target/benchmark-data";
  private static final int REPORT_EVERY = 50_000;

  private final GeneratedCorpus corpus;
  private final InteractionIndex index;
  private final HandWrittenLucene baseline;

  private PreparedIndexes(
      GeneratedCorpus corpus, InteractionIndex index, HandWrittenLucene baseline) {
    this.corpus = corpus;
    this.index = index;
    this.baseline = baseline;
  }

  /** Opens the indexes of so many interactions, for writing as a host does; makes them first. */
  static PreparedIndexes open(int interactions) throws IOException {
    Path folder = folder(interactions);
    if (!Files.isDirectory(folder)) {
      System.out.println(
          "Not prepared: run PrepareData first, or leave out this fork, which has just indexed.");
      prepare(interactions);
    }
    InteractionIndex index = InteractionIndex.open(folder.resolve("earshot"));
    try {
      return new PreparedIndexes(
          new GeneratedCorpus(interactions),
          index,
          new HandWrittenLucene(folder.resolve("lucene")));
    } catch (IOException | RuntimeException e) {
      index.close();
      throw e;
    }
  }

  /** Makes the indexes of so many interactions, unless they are there. Prints its progress. */
  static Path prepare(int interactions) throws IOException {
    Path ready = folder(interactions);
    if (Files.isDirectory(ready)) {
      return ready;
    }
    // A name of its own until it is complete: what was killed half way is never taken for ready.
    Path unfinished =
        Files.createTempDirectory(
            Files.createDirectories(ready.toAbsolutePath().getParent()), "unfinished-");
    try (ExecutorService engines = Executors.newFixedThreadPool(2)) {
      List<Callable<String>> both =
          List.of(
              () -> indexWithEarshot(interactions, unfinished.resolve("earshot")),
              () -> indexWithLucene(interactions, unfinished.resolve("lucene")));
      for (Future<String> done : engines.invokeAll(both)) {
        System.out.println(done.get());
      }
      return Files.move(unfinished, ready, StandardCopyOption.ATOMIC_MOVE);
    } catch (ExecutionException | InterruptedException e) {
      delete(unfinished);
      throw new IOException("cannot prepare " + ready, e);
    }
  }

  InteractionIndex index() {
    return index;
  }

  HandWrittenLucene baseline() {
    return baseline;
  }

  /** The customer who has so many interactions. */
  String customerOf(int size) {
    return corpus.customerOf(size);
  }

  /** The history of the customer who has so many interactions. */
  CustomerHistory historyOf(int size) {
    CustomerHistory history = index.customer(customerOf(size));
    long found = history.search("").total();
    if (found != size) {
      throw new IllegalStateException(
          "%s has %,d interactions, not %,d: remove the prepared indexes"
              .formatted(customerOf(size), found, size));
    }
    return history;
  }

  @Override
  public void close() throws IOException {
    try (baseline) {
      index.close();
    }
  }

  /** Removes a folder and all that is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static Path folder(int interactions) {
    return Path.of(System.getProperty(FOLDER, DEFAULT_FOLDER))
        .resolve(
            interactions + "-" + InteractionIndex.FORMAT_VERSION + "-" + GeneratedCorpus.VERSION);
  }

  private static String indexWithEarshot(int interactions, Path folder) throws IOException {
    long began = System.nanoTime();
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      forEach("Earshot", interactions, began, index::add);
    }
    return summary("Earshot", folder, began);
  }

  private static String indexWithLucene(int interactions, Path folder) throws IOException {
    long began = System.nanoTime();
    try (HandWrittenLucene index = new HandWrittenLucene(Files.createDirectory(folder))) {
      forEach(
          "Lucene",
          interactions,
          began,
          interaction -> {
            try {
              index.add(interaction);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      index.commit();
    }
    return summary("Lucene", folder, began);
  }

  private static void forEach(
      String engine, int interactions, long began, Consumer<Interaction> add) {
    int[] done = {0};
    new GeneratedCorpus(interactions)
        .forEach(
            interaction -> {
              add.accept(interaction);
              done[0]++;
              if (done[0] % REPORT_EVERY == 0) {
                System.out.printf(
                    "%s: %,d of %,d interactions, %d s%n",
                    engine, done[0], interactions, secondsSince(began));
              }
            });
  }

  private static String summary(String engine, Path folder, long began) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    try (FSDirectory directory = FSDirectory.open(folder)) {
      return "%s: %,d MB in %d segments, %d s"
          .formatted(
              engine,
              bytes / 1_000_000,
              SegmentInfos.readLatestCommit(directory).size(),
              secondsSince(began));
    }
  }

  private static long secondsSince(long began) {
    return Duration.ofNanos(System.nanoTime() - began).toSeconds();
  }
}
