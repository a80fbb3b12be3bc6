package io.earshot.transcription;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How an OpenFst file begins.
 *
 * @param holdsOutputWords whether the file brings its words, so that no list of them is read
 * @param leastBytes how long the file must at least be, by what its header announces
 */
record FstHeader(boolean holdsOutputWords, double leastBytes) {
  private static final int MAGIC = 2125659606;
  private static final int ADD_ON_MAGIC = 446681434;
  private static final int INPUT_WORDS = 1;
  private static final int OUTPUT_WORDS = 2;
  private static final int MOST_BYTES = 4_096;
  private static final int LONGEST_NAME = 256;

  /** Bytes of a state and of an arc, as files of that type hold at least. */
  private enum Type {
    VECTOR("vector", 12, 16),
    CONST("const", 20, 16),
    NGRAM("ngram", 8, 0);

    private final String label;
    private final int ofState;
    private final int ofArc;

    Type(String label, int ofState, int ofArc) {
      this.label = label;
      this.ofState = ofState;
      this.ofArc = ofArc;
    }

    static double leastBytes(String label, long states, long arcs) {
      for (Type type : values()) {
        if (type.label.equals(label)) {
          return (double) type.ofState * Math.max(0, states)
              + (double) type.ofArc * Math.max(0, arcs);
        }
      }
      return 0;
    }
  }

  /** The header; none if the file is not OpenFst's. */
  static Optional<FstHeader> read(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(MOST_BYTES);
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
      return bytes.getInt() == MAGIC ? Optional.of(afterMagic(bytes)) : Optional.empty();
    } catch (BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  private static FstHeader afterMagic(ByteBuffer bytes) {
    String type = name(bytes);
    name(bytes); // of its arcs
    bytes.getInt(); // version
    int flags = bytes.getInt();
    bytes.getLong(); // properties
    bytes.getLong(); // first state
    double ofGraph = Type.leastBytes(type, bytes.getLong(), bytes.getLong());
    boolean words = (flags & (INPUT_WORDS | OUTPUT_WORDS)) != 0;
    double least = words ? ofGraph : Math.max(ofGraph, ofGraphInside(bytes));
    return new FstHeader((flags & OUTPUT_WORDS) != 0, bytes.position() + least);
  }

  /** A graph that looks ahead is another one with tables added. */
  private static double ofGraphInside(ByteBuffer bytes) {
    ByteBuffer inside = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (inside.remaining() < 2 * Integer.BYTES
        || inside.getInt() != ADD_ON_MAGIC
        || inside.getInt() != MAGIC) {
      return 0;
    }
    return afterMagic(inside).leastBytes() - bytes.position();
  }

  private static String name(ByteBuffer bytes) {
    int length = bytes.getInt();
    if (length < 0 || length > LONGEST_NAME) {
      throw new BufferUnderflowException();
    }
    byte[] name = new byte[length];
    bytes.get(name);
    return new String(name, StandardCharsets.US_ASCII);
  }
}
