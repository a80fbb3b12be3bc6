package io.earshot;

import io.earshot.internal.Fields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NoLockFactory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** Checks an index: Lucene's own check of every file, then counts. */
final class IndexChecker {
  private IndexChecker() {}

  static IndexCheck check(Path path) {
    try (Directory directory = IndexFormat.openDirectory(path, true)) {
      int format = IndexFormat.check(directory, path.toString());
      List<String> problems = problems(directory, path);
      if (!problems.isEmpty()) {
        return new IndexCheck(false, problems, 0, 0, Map.of(), 0, 0, format);
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        return counted(reader, format);
      }
    } catch (LockObtainFailedException e) {
      throw new EarshotException(
          "EARSHOT-105",
          "a process is writing to the index at %s (it holds %s): check it when that has ended"
              .formatted(path, IndexWriter.WRITE_LOCK_NAME),
          e);
    } catch (IOException e) {
      throw IndexFormat.cannotOpen(path.toString(), e);
    }
  }

  private static List<String> problems(Directory directory, Path path) throws IOException {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (CheckIndex check = new CheckIndex(directory, lock(directory, path));
        PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8)) {
      check.setInfoStream(out);
      CheckIndex.Status status = check.checkIndex();
      List<String> problems = new ArrayList<>();
      if (!status.clean) {
        log.toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.contains("FAILED") || line.contains("Exception"))
            .map(String::strip)
            .limit(20)
            .forEach(problems::add);
        if (problems.isEmpty()) {
          problems.add(
              "%d of %d segments are damaged".formatted(status.numBadSegments, status.numSegments));
        }
      }
      return problems;
    }
  }

  /** The writer's lock; none in a folder that nobody here may write to. */
  private static Lock lock(Directory directory, Path path) throws IOException {
    return Files.isWritable(path)
        ? directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)
        : NoLockFactory.INSTANCE.obtainLock(directory, IndexWriter.WRITE_LOCK_NAME);
  }

  private static IndexCheck counted(DirectoryReader reader, int format) {
    Set<BytesRef> customers = new HashSet<>();
    Map<String, Long> byChannel = new TreeMap<>();
    try {
      for (LeafReaderContext leaf : reader.leaves()) {
        count(leaf.reader(), customers, byChannel);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new IndexCheck(
        true,
        List.of(),
        reader.numDocs(),
        customers.size(),
        byChannel,
        reader.leaves().size(),
        reader.numDeletedDocs(),
        format);
  }

  private static void count(LeafReader leaf, Set<BytesRef> customers, Map<String, Long> byChannel)
      throws IOException {
    Bits live = leaf.getLiveDocs();
    SortedDocValues customer = DocValues.getSorted(leaf, Fields.CUSTOMER);
    SortedDocValues channel = DocValues.getSorted(leaf, Fields.CHANNEL);
    int previous = -1;
    for (int doc = 0; doc < leaf.maxDoc(); doc++) {
      if (live != null && !live.get(doc)) {
        continue;
      }
      if (customer.advanceExact(doc) && customer.ordValue() != previous) {
        previous = customer.ordValue();
        customers.add(BytesRef.deepCopyOf(customer.lookupOrd(previous)));
      }
      if (channel.advanceExact(doc)) {
        byChannel.merge(channel.lookupOrd(channel.ordValue()).utf8ToString(), 1L, Long::sum);
      }
    }
  }
}
