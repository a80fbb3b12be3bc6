package io.earshot.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BitUtil;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * What each position of a document's text field is: whose turn, when, and where in the recording.
 *
 * <p>Lies beside the postings as bytes, so that a matched position resolves to its moment with no
 * second look-up. A search opens one for each of its candidates, and asks of most a word or two. So
 * nothing is decoded before it is asked for: after a header of counts and widths come columns of
 * fixed width, one number a turn, that are read in place and searched by bisection, and last the
 * words' times, for each turn a small table of its own.
 *
 * <p>Not thread-safe: it remembers the turn it was last asked about.
 */
public final class MomentMap {
  /** Stands for a time that is not known. */
  public static final long NO_TIME = Long.MIN_VALUE;

  private static final byte VERSION = 2;
  private static final int HAS_TIME = 1;
  private static final int HAS_AUDIO = 2;

  // Columns, in the order in which they lie. Of a cumulative one the last number is the sum.
  private static final int WORDS = 0; // cumulative: words of the turns before
  private static final int CHARACTERS = 1; // cumulative: UTF-16 units, without line breaks
  private static final int SPEAKER = 2; // 1 + index, 0 for nobody
  private static final int KNOWN = 3; // flags
  private static final int AT = 4; // zigzag, since the interaction began
  private static final int AUDIO_START = 5;
  private static final int AUDIO_LENGTH = 6;
  private static final int TIMES = 7; // cumulative: bytes of the words' times
  private static final int ASKED_FROM = 8; // words, counted as in WORDS
  private static final int ASKED_WORDS = 9;
  private static final int ASIDE_TURN = 10; // 2 * turn, and 1 for a signature
  private static final int ASIDE_CHARACTERS = 11; // cumulative
  private static final int ATTACHMENT_CHARACTERS = 12; // cumulative
  private static final int COLUMNS = 13;

  private final byte[] bytes;
  private final int turns;
  private final int questions;
  private final int asides;
  private final int attachments;
  private final long endMs;
  private final int speakersAt;
  private final int speakersLength;
  private final int[] widths = new int[COLUMNS];
  private final int[] starts = new int[COLUMNS];
  private final int timesAt;
  private @Nullable List<Speaker> speakers;
  private int lastTurn;

  private MomentMap(BytesRef map) {
    ByteArrayDataInput in = new ByteArrayDataInput(map.bytes, map.offset, map.length);
    byte version = in.readByte();
    if (version != VERSION) {
      throw new IllegalStateException("moment map of version " + version + ", know " + VERSION);
    }
    bytes = map.bytes;
    turns = in.readVInt();
    questions = in.readVInt();
    asides = in.readVInt();
    attachments = in.readVInt();
    endMs = in.readVLong();
    speakersLength = in.readVInt();
    for (int i = 0; i < COLUMNS; i += 2) { // two to a byte
      byte pair = in.readByte();
      widths[i] = pair & 0xf;
      if (i + 1 < COLUMNS) {
        widths[i + 1] = pair >>> 4 & 0xf;
      }
    }
    speakersAt = in.getPosition();
    int at = speakersAt + speakersLength;
    for (int i = 0; i < COLUMNS; i++) {
      starts[i] = at;
      at += widths[i] * rows(i);
    }
    timesAt = at;
  }

  private int rows(int column) {
    return switch (column) {
      case WORDS, CHARACTERS, TIMES -> turns + 1;
      case ASKED_FROM, ASKED_WORDS -> questions;
      case ASIDE_TURN -> asides;
      case ASIDE_CHARACTERS -> asides + 1;
      case ATTACHMENT_CHARACTERS -> attachments + 1;
      default -> turns;
    };
  }

  /**
   * Reads what {@link Builder#encode} wrote. Nothing is copied: the bytes must stay as they are for
   * as long as the map is used.
   */
  public static MomentMap decode(BytesRef bytes) {
    return new MomentMap(bytes);
  }

  /**
   * Somebody who takes part.
   *
   * @param id names them within the interaction
   * @param name what to call them
   * @param address mail address, telephone number or handle; empty if none is known
   * @param role the name of their role
   */
  public record Speaker(String id, String name, String address, String role) {}

  /**
   * Quoted text or a signature that stands beside a turn; or an attachment.
   *
   * @param turn index of the turn; 0 for an attachment
   * @param textStart where it begins in the text of its field
   * @param textLength its length in UTF-16 units
   */
  public record Aside(int turn, int textStart, int textLength) {}

  private long get(int column, int row) {
    int width = widths[column];
    return Packed.get(bytes, starts[column] + row * width, width);
  }

  private int whole(int column, int row) {
    return (int) get(column, row);
  }

  private int between(int column, int row) {
    return (int) (get(column, row + 1) - get(column, row));
  }

  /** Number of turns. */
  public int turns() {
    return turns;
  }

  /** Index of the turn that the word at that position belongs to. */
  public int turnAtPosition(int position) {
    if (turns == 0
        || (position >= firstPosition(lastTurn)
            && (lastTurn == turns - 1 || position < firstPosition(lastTurn + 1)))) {
      return lastTurn;
    }
    int low = 0;
    int high = turns - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (firstPosition(middle) <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    lastTurn = low;
    return low;
  }

  /** Index of the turn that a character of the field's text belongs to. */
  public int turnAtOffset(int offset) {
    return segmentAt(CHARACTERS, turns, offset);
  }

  /** Index of the segment of quoted text that a character of that field belongs to. */
  public int asideAtOffset(int offset) {
    return segmentAt(ASIDE_CHARACTERS, asides, offset);
  }

  /** Index of the attachment that a character of that field belongs to. */
  public int attachmentAtOffset(int offset) {
    return segmentAt(ATTACHMENT_CHARACTERS, attachments, offset);
  }

  private int segmentAt(int column, int segments, int offset) {
    int low = 0;
    int high = segments - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (get(column, middle) + middle <= offset) { // a line break stands before each but the first
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Position of the turn's first word, or where it would be. */
  public int firstPosition(int turn) {
    return whole(WORDS, turn) + turn * SegmentedText.GAP;
  }

  /** Number of the turn's words. */
  public int positions(int turn) {
    return between(WORDS, turn);
  }

  /** Where the turn's text begins in the field's text, in UTF-16 units. */
  public int textStart(int turn) {
    return whole(CHARACTERS, turn) + turn;
  }

  /** Length of the turn's text in UTF-16 units. */
  public int textLength(int turn) {
    return between(CHARACTERS, turn);
  }

  /** Index of who speaks in {@link #speakers}, or -1. */
  public int speaker(int turn) {
    return whole(SPEAKER, turn) - 1;
  }

  /** Whether the turn stands in a recording. */
  public boolean hasAudio(int turn) {
    return (get(KNOWN, turn) & HAS_AUDIO) != 0;
  }

  /** Where the turn begins in the recording, in milliseconds, or -1. */
  public long audioStartMs(int turn) {
    return hasAudio(turn) ? get(AUDIO_START, turn) : -1;
  }

  /** Where the turn ends in the recording, in milliseconds, or -1. */
  public long audioEndMs(int turn) {
    return hasAudio(turn) ? get(AUDIO_START, turn) + get(AUDIO_LENGTH, turn) : -1;
  }

  /**
   * When the turn was written or said, in milliseconds since the interaction began, or {@link
   * #NO_TIME}.
   */
  public long atMs(int turn) {
    return (get(KNOWN, turn) & HAS_TIME) != 0 ? BitUtil.zigZagDecode(get(AT, turn)) : NO_TIME;
  }

  /**
   * Where the word at that position begins in the recording, in milliseconds; only for turns with
   * audio.
   */
  public long wordStartMs(int position) {
    return wordMs(turnAtPosition(position), position, false);
  }

  /**
   * Where the word at that position ends in the recording, in milliseconds; only for turns with
   * audio.
   */
  public long wordEndMs(int position) {
    return wordMs(turnAtPosition(position), position, true);
  }

  private long wordMs(int turn, int position, boolean end) {
    int word = position - firstPosition(turn);
    if (between(TIMES, turn) == 0) {
      return share(turn, end ? word + 1 : word);
    }
    int at = timesAt + whole(TIMES, turn);
    int startWidth = bytes[at] & 0xf;
    int lengthWidth = bytes[at] >>> 4 & 0xf;
    int row = at + 1 + word * (startWidth + lengthWidth);
    long start = get(AUDIO_START, turn) + BitUtil.zigZagDecode(Packed.get(bytes, row, startWidth));
    return end ? start + Packed.get(bytes, row + startWidth, lengthWidth) : start;
  }

  /** Where so many of the turn's words have been said, if all take equally long. */
  private long share(int turn, int words) {
    double part = (double) words / Math.max(1, positions(turn));
    return get(AUDIO_START, turn) + (long) (get(AUDIO_LENGTH, turn) * part);
  }

  /**
   * When the word at that position was written or said, in milliseconds since the interaction
   * began: in a recording where it is heard, elsewhere the time of its turn, and 0 if that has
   * none.
   */
  public long timeMs(int position) {
    int turn = turnAtPosition(position);
    if (hasAudio(turn)) {
      return wordMs(turn, position, false);
    }
    long at = atMs(turn);
    return at == NO_TIME ? 0 : at;
  }

  /** Whether the word at that position stands in a sentence that asks. */
  public boolean asked(int position) {
    int word = position - turnAtPosition(position) * SegmentedText.GAP;
    int low = 0;
    int high = questions;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (get(ASKED_FROM, middle) <= word) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low > 0 && word < get(ASKED_FROM, low - 1) + get(ASKED_WORDS, low - 1);
  }

  /** When the interaction ended, in milliseconds since it began; 0 if nothing is known. */
  public long endMs() {
    return endMs;
  }

  /** Those who take part. */
  public List<Speaker> speakers() {
    List<Speaker> found = speakers;
    if (found == null) {
      found = List.copyOf(readSpeakers());
      speakers = found;
    }
    return found;
  }

  private List<Speaker> readSpeakers() {
    ByteArrayDataInput in = new ByteArrayDataInput(bytes, speakersAt, speakersLength);
    List<Speaker> found = new ArrayList<>();
    try {
      while (!in.eof()) {
        found.add(new Speaker(in.readString(), in.readString(), in.readString(), in.readString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return found;
  }

  /** The segments of the field of quoted text, in its order. */
  public List<Aside> asides() {
    return new Asides(asides, ASIDE_CHARACTERS);
  }

  /** Whether that segment of quoted text is a signature. */
  public boolean isSignature(int aside) {
    return (get(ASIDE_TURN, aside) & 1) != 0;
  }

  /** The segments of the field of attachments, in its order. */
  public List<Aside> attachments() {
    return new Asides(attachments, ATTACHMENT_CHARACTERS);
  }

  private final class Asides extends AbstractList<Aside> implements RandomAccess {
    private final int size;
    private final int column;

    private Asides(int size, int column) {
      this.size = size;
      this.column = column;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public Aside get(int index) {
      int turn = column == ASIDE_CHARACTERS ? whole(ASIDE_TURN, index) >>> 1 : 0;
      return new Aside(turn, whole(column, index) + index, between(column, index));
    }
  }

  /** Collects the turns of one document. Not thread-safe. */
  public static final class Builder {
    private final ByteBuffersDataOutput speakers = new ByteBuffersDataOutput();
    private final Packed.Column[] columns = new Packed.Column[COLUMNS];
    private byte[] times = new byte[64];
    private int timesLength;
    private long endMs;

    /** An empty map. */
    public Builder() {
      for (int i = 0; i < COLUMNS; i++) {
        columns[i] = new Packed.Column();
      }
      for (int cumulative :
          new int[] {WORDS, CHARACTERS, TIMES, ASIDE_CHARACTERS, ATTACHMENT_CHARACTERS}) {
        columns[cumulative].add(0);
      }
    }

    /** Adds somebody who takes part; they are numbered from 0. */
    public void speaker(Speaker speaker) {
      speakers.writeString(speaker.id);
      speakers.writeString(speaker.name);
      speakers.writeString(speaker.address);
      speakers.writeString(speaker.role);
    }

    /** Says when the interaction ended, in milliseconds since it began. By default 0. */
    public void endMs(long newEndMs) {
      endMs = Math.max(0, newEndMs);
    }

    /**
     * Adds a turn; its place in the text follows from those before it.
     *
     * @param speaker index of who speaks, or -1
     * @param textLength length of its text in UTF-16 units
     * @param positions number of its words
     * @param atMs when it was written or said, in milliseconds since the interaction began, or
     *     {@link #NO_TIME}
     * @param startMs where it begins in the recording; -1 if nowhere
     * @param endMs where it ends in the recording; -1 if nowhere
     * @param wordTimes start and end of each word, in any order; empty if they have none
     */
    public void turn(
        int speaker,
        int textLength,
        int positions,
        long atMs,
        long startMs,
        long endMs,
        long[] wordTimes) {
      boolean audio = startMs >= 0;
      columns[WORDS].add(columns[WORDS].last() + positions);
      columns[CHARACTERS].add(columns[CHARACTERS].last() + textLength);
      columns[SPEAKER].add(speaker + 1);
      columns[KNOWN].add((atMs == NO_TIME ? 0 : HAS_TIME) | (audio ? HAS_AUDIO : 0));
      columns[AT].add(atMs == NO_TIME ? 0 : BitUtil.zigZagEncode(atMs));
      columns[AUDIO_START].add(audio ? startMs : 0);
      columns[AUDIO_LENGTH].add(audio ? Math.max(0, endMs - startMs) : 0);
      if (audio && wordTimes.length > 0) {
        writeTimes(startMs, wordTimes);
      }
      columns[TIMES].add(timesLength);
    }

    private void writeTimes(long startMs, long[] wordTimes) {
      long highestStart = 0;
      long highestLength = 0;
      for (int i = 0; i < wordTimes.length; i += 2) {
        highestStart |= BitUtil.zigZagEncode(wordTimes[i] - startMs);
        highestLength |= Math.max(0, wordTimes[i + 1] - wordTimes[i]);
      }
      int startWidth = Packed.width(highestStart);
      int lengthWidth = Packed.width(highestLength);
      int size = 1 + wordTimes.length / 2 * (startWidth + lengthWidth);
      times = ArrayUtil.grow(times, Math.addExact(timesLength, size));
      times[timesLength] = (byte) (startWidth | lengthWidth << 4);
      int at = timesLength + 1;
      for (int i = 0; i < wordTimes.length; i += 2) {
        Packed.put(times, at, startWidth, BitUtil.zigZagEncode(wordTimes[i] - startMs));
        at += startWidth;
        Packed.put(times, at, lengthWidth, Math.max(0, wordTimes[i + 1] - wordTimes[i]));
        at += lengthWidth;
      }
      timesLength = at;
    }

    /**
     * Says that words of the turn added last stand in sentences that ask.
     *
     * @param ranges first word and one past the last, of each such sentence; ascending
     */
    public void asked(int[] ranges) {
      long before = columns[WORDS].beforeLast();
      for (int i = 0; i < ranges.length; i += 2) {
        columns[ASKED_FROM].add(before + ranges[i]);
        columns[ASKED_WORDS].add(ranges[i + 1] - ranges[i]);
      }
    }

    /** Says which turn the next segment of quoted text belongs to. */
    public void aside(int turn, int textLength, boolean signature) {
      columns[ASIDE_TURN].add(2L * turn + (signature ? 1 : 0));
      columns[ASIDE_CHARACTERS].add(columns[ASIDE_CHARACTERS].last() + textLength);
    }

    /** Says how long the next segment of attachments is. */
    public void attachment(int textLength) {
      columns[ATTACHMENT_CHARACTERS].add(columns[ATTACHMENT_CHARACTERS].last() + textLength);
    }

    /** The map as bytes. */
    public BytesRef encode() {
      ByteBuffersDataOutput header = new ByteBuffersDataOutput();
      try {
        writeHeader(header);
      } catch (IOException e) {
        throw new UncheckedIOException(e); // memory does not fail
      }
      long size = header.size() + timesLength;
      for (Packed.Column column : columns) {
        size += (long) column.width() * column.size();
      }
      byte[] map = new byte[Math.toIntExact(size)];
      int at = (int) header.size();
      System.arraycopy(header.toArrayCopy(), 0, map, 0, at);
      for (Packed.Column column : columns) {
        at = column.write(map, at);
      }
      System.arraycopy(times, 0, map, at, timesLength);
      return new BytesRef(map);
    }

    private void writeHeader(ByteBuffersDataOutput header) throws IOException {
      header.writeByte(VERSION);
      header.writeVInt(columns[SPEAKER].size());
      header.writeVInt(columns[ASKED_FROM].size());
      header.writeVInt(columns[ASIDE_TURN].size());
      header.writeVInt(columns[ATTACHMENT_CHARACTERS].size() - 1);
      header.writeVLong(endMs);
      header.writeVInt((int) speakers.size());
      for (int i = 0; i < COLUMNS; i += 2) {
        int next = i + 1 < COLUMNS ? columns[i + 1].width() : 0;
        header.writeByte((byte) (columns[i].width() | next << 4));
      }
      speakers.copyTo(header);
    }
  }
}
