package io.earshot.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.util.BytesRef;

/**
 * What each position of a document's text field is: whose turn, when, and where in the recording.
 *
 * <p>Lies beside the postings as one binary doc value, so that a matched position resolves to its
 * moment with no second look-up. Turns stand in the order of the text; each knows how many
 * positions and characters it has, so that both kinds of address find it by bisection.
 *
 * <p>Immutable.
 */
public final class MomentMap {
  /** Stands for a time that is not known. */
  public static final long NO_TIME = Long.MIN_VALUE;

  private static final byte VERSION = 1;
  private static final int HAS_TIME = 1;
  private static final int HAS_AUDIO = 2;
  private static final int HAS_WORD_TIMES = 4;

  private final List<Speaker> speakers;
  private final List<Span> turns;
  private final List<Aside> asides;
  private final List<Aside> attachments;

  private MomentMap(
      List<Speaker> speakers, List<Span> turns, List<Aside> asides, List<Aside> attachments) {
    this.attachments = attachments;
    this.speakers = speakers;
    this.turns = turns;
    this.asides = asides;
  }

  /**
   * Somebody who speaks.
   *
   * @param name what to call them
   * @param role their role
   */
  public record Speaker(String name, String role) {}

  /**
   * One turn.
   *
   * @param speaker index of who speaks
   * @param textStart where its text begins in the field's text
   * @param textLength length of its text in UTF-16 units
   * @param firstPosition position of its first word
   * @param positions number of its words
   * @param atMs when it was written or said, in milliseconds since the epoch, or {@link #NO_TIME}
   * @param startMs where it begins in the recording; -1 if nowhere
   * @param endMs where it ends in the recording; -1 if nowhere
   * @param wordTimes start and end of each word in turn; empty if words have no times of their own
   */
  @SuppressWarnings("ArrayRecordComponent") // two numbers a word: boxing them would be dear
  public record Span(
      int speaker,
      int textStart,
      int textLength,
      int firstPosition,
      int positions,
      long atMs,
      long startMs,
      long endMs,
      long[] wordTimes) {

    /** Whether the turn stands in a recording. */
    public boolean hasAudio() {
      return startMs >= 0;
    }

    /** Where so many of the words have been said, if all take equally long. */
    private long share(int words) {
      return startMs + (long) ((endMs - startMs) * ((double) words / Math.max(1, positions)));
    }

    /** Where the word at that position begins in the recording, in milliseconds. */
    public long wordStartMs(int position) {
      int word = position - firstPosition;
      return wordTimes.length > 0 ? wordTimes[2 * word] : share(word);
    }

    /** Where the word at that position ends in the recording, in milliseconds. */
    public long wordEndMs(int position) {
      int word = position - firstPosition;
      return wordTimes.length > 0 ? wordTimes[2 * word + 1] : share(word + 1);
    }
  }

  /**
   * Quoted text or a signature that stands beside a turn; or an attachment.
   *
   * @param turn index of the turn; 0 for an attachment
   * @param textStart where it begins in the text of its field
   * @param textLength its length in UTF-16 units
   */
  public record Aside(int turn, int textStart, int textLength) {}

  /** Those who speak. */
  public List<Speaker> speakers() {
    return speakers;
  }

  /** The turns, in the order of the text. */
  public List<Span> turns() {
    return turns;
  }

  /** For each segment of the field of quoted text, the turn it belongs to. */
  public List<Aside> asides() {
    return asides;
  }

  /** The segments of the field of attachments, in its order. */
  public List<Aside> attachments() {
    return attachments;
  }

  /** Index of the turn that a character of the field's text belongs to. */
  public int turnAtOffset(int offset) {
    int low = 0;
    int high = turns.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (turns.get(middle).textStart <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Reads what {@link Builder#encode} wrote. */
  public static MomentMap decode(BytesRef bytes) throws IOException {
    ByteArrayDataInput in = new ByteArrayDataInput(bytes.bytes, bytes.offset, bytes.length);
    byte version = in.readByte();
    if (version != VERSION) {
      throw new IllegalStateException("moment map of version " + version + ", know " + VERSION);
    }
    List<Speaker> speakers = new ArrayList<>();
    for (int n = in.readVInt(); n > 0; n--) {
      speakers.add(new Speaker(in.readString(), in.readString()));
    }
    List<Span> turns = new ArrayList<>();
    int textStart = 0;
    int position = 0;
    for (int n = in.readVInt(); n > 0; n--) {
      Span turn = readTurn(in, textStart, position);
      turns.add(turn);
      textStart += turn.textLength + 1;
      position += turn.positions + SegmentedText.GAP;
    }
    List<Aside> asides = readAsides(in);
    return new MomentMap(speakers, turns, asides, readAsides(in));
  }

  private static List<Aside> readAsides(ByteArrayDataInput in) throws IOException {
    List<Aside> asides = new ArrayList<>();
    int start = 0;
    for (int n = in.readVInt(); n > 0; n--) {
      Aside aside = new Aside(in.readVInt(), start, in.readVInt());
      asides.add(aside);
      start += aside.textLength + 1;
    }
    return asides;
  }

  private static Span readTurn(ByteArrayDataInput in, int textStart, int position)
      throws IOException {
    int flags = in.readVInt();
    int speaker = in.readVInt();
    int textLength = in.readVInt();
    int positions = in.readVInt();
    long atMs = (flags & HAS_TIME) == 0 ? NO_TIME : in.readZLong();
    long startMs = -1;
    long endMs = -1;
    if ((flags & HAS_AUDIO) != 0) {
      startMs = in.readVLong();
      endMs = startMs + in.readVLong();
    }
    long[] wordTimes = new long[(flags & HAS_WORD_TIMES) == 0 ? 0 : 2 * positions];
    long previous = startMs;
    for (int i = 0; i < wordTimes.length; i += 2) {
      previous += in.readZLong();
      wordTimes[i] = previous;
      wordTimes[i + 1] = previous + in.readVLong();
    }
    return new Span(
        speaker, textStart, textLength, position, positions, atMs, startMs, endMs, wordTimes);
  }

  /** Collects the turns of one document. Not thread-safe. */
  public static final class Builder {
    private final List<Speaker> speakers = new ArrayList<>();
    private final List<Span> turns = new ArrayList<>();
    private final List<Aside> asides = new ArrayList<>();
    private final List<Aside> attachments = new ArrayList<>();

    /** Adds somebody who speaks; they are numbered from 0. */
    public void speaker(String name, String role) {
      speakers.add(new Speaker(name, role));
    }

    /**
     * Adds a turn; its place in the text follows from those before it.
     *
     * @param wordTimes start and end of each word, ascending by start; empty if they have none
     */
    public void turn(
        int speaker,
        int textLength,
        int positions,
        long atMs,
        long startMs,
        long endMs,
        long[] wordTimes) {
      turns.add(new Span(speaker, 0, textLength, 0, positions, atMs, startMs, endMs, wordTimes));
    }

    /** Says which turn the next segment of quoted text belongs to. */
    public void aside(int turn, int textLength) {
      asides.add(new Aside(turn, 0, textLength));
    }

    /** Says how long the next segment of attachments is. */
    public void attachment(int textLength) {
      attachments.add(new Aside(0, 0, textLength));
    }

    /** The map as bytes. */
    public BytesRef encode() {
      try {
        ByteBuffersDataOutput out = new ByteBuffersDataOutput();
        out.writeByte(VERSION);
        out.writeVInt(speakers.size());
        for (Speaker speaker : speakers) {
          out.writeString(speaker.name);
          out.writeString(speaker.role);
        }
        out.writeVInt(turns.size());
        for (Span turn : turns) {
          write(turn, out);
        }
        write(asides, out);
        write(attachments, out);
        return new BytesRef(out.toArrayCopy());
      } catch (IOException e) {
        throw new UncheckedIOException(e); // memory does not fail
      }
    }

    private static void write(List<Aside> asides, ByteBuffersDataOutput out) throws IOException {
      out.writeVInt(asides.size());
      for (Aside aside : asides) {
        out.writeVInt(aside.turn);
        out.writeVInt(aside.textLength);
      }
    }

    private static void write(Span turn, ByteBuffersDataOutput out) throws IOException {
      boolean hasTime = turn.atMs != NO_TIME;
      boolean hasWordTimes = turn.hasAudio() && turn.wordTimes.length > 0;
      out.writeVInt(
          (hasTime ? HAS_TIME : 0)
              | (turn.hasAudio() ? HAS_AUDIO : 0)
              | (hasWordTimes ? HAS_WORD_TIMES : 0));
      out.writeVInt(turn.speaker);
      out.writeVInt(turn.textLength);
      out.writeVInt(turn.positions);
      if (hasTime) {
        out.writeZLong(turn.atMs);
      }
      if (turn.hasAudio()) {
        out.writeVLong(turn.startMs);
        out.writeVLong(turn.endMs - turn.startMs);
      }
      if (hasWordTimes) {
        long previous = turn.startMs;
        for (int i = 0; i < turn.wordTimes.length; i += 2) {
          out.writeZLong(turn.wordTimes[i] - previous);
          out.writeVLong(Math.max(0, turn.wordTimes[i + 1] - turn.wordTimes[i]));
          previous = turn.wordTimes[i];
        }
      }
    }
  }
}
