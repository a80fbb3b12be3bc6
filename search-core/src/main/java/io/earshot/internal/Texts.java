package io.earshot.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteArrayDataOutput;
import org.apache.lucene.util.BytesRef;

/**
 * The searched texts of one document as they are, in UTF-8.
 *
 * <p>A piece is cut out and decoded without the rest: a passage shows a few hundred characters of
 * what may be megabytes. In a text of ASCII alone bytes and characters are the same; any other has
 * a signpost, the place in bytes, every {@value #STEP} UTF-16 units.
 *
 * <p>Immutable.
 */
public final class Texts {
  private static final int STEP = 256;
  private static final int MAX_HEADER = 64;

  private final byte[] bytes;
  private final Part[] parts = new Part[Fields.searched().size()];

  /**
   * Where one field's text lies.
   *
   * @param start its first byte
   * @param characters its length in UTF-16 units
   * @param length its length in bytes
   * @param signposts where its signposts lie
   * @param width bytes of one signpost
   */
  private record Part(int start, int characters, int length, int signposts, int width) {
    boolean ascii() {
      return characters == length; // any other character takes more bytes than units
    }
  }

  private Texts(BytesRef encoded) {
    ByteArrayDataInput in = new ByteArrayDataInput(encoded.bytes, encoded.offset, encoded.length);
    bytes = encoded.bytes;
    int[] header = new int[3 * parts.length];
    for (int i = 0; i < header.length; i++) {
      header[i] = in.readVInt();
    }
    int at = in.getPosition();
    for (int i = 0; i < parts.length; i++) {
      int characters = header[3 * i];
      int width = header[3 * i + 2];
      int signposts = at;
      at += width * (characters / STEP);
      parts[i] = new Part(at, characters, header[3 * i + 1], signposts, width);
      at += parts[i].length;
    }
  }

  /**
   * Reads what {@link #encode} wrote. Nothing is copied: the bytes must stay as they are for as
   * long as the texts are used.
   */
  public static Texts decode(BytesRef bytes) {
    return new Texts(bytes);
  }

  /** The texts as bytes; half a surrogate pair, which is no text, becomes a question mark. */
  public static BytesRef encode(List<String> inOrderOfSearchedFields) {
    List<byte[]> encoded = new ArrayList<>();
    List<Packed.Column> signposts = new ArrayList<>();
    byte[] headerBytes = new byte[MAX_HEADER];
    ByteArrayDataOutput header = new ByteArrayDataOutput(headerBytes);
    long size = 0;
    for (String text : inOrderOfSearchedFields) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      Packed.Column posts = utf8.length == text.length() ? new Packed.Column() : signposts(text);
      encoded.add(utf8);
      signposts.add(posts);
      writeVInt(header, text.length());
      writeVInt(header, utf8.length);
      writeVInt(header, posts.width());
      size += utf8.length + (long) posts.width() * posts.size();
    }
    int at = header.getPosition();
    byte[] all = new byte[Math.toIntExact(at + size)];
    System.arraycopy(headerBytes, 0, all, 0, at);
    for (int i = 0; i < encoded.size(); i++) {
      at = signposts.get(i).write(all, at);
      System.arraycopy(encoded.get(i), 0, all, at, encoded.get(i).length);
      at += encoded.get(i).length;
    }
    return new BytesRef(all);
  }

  private static void writeVInt(ByteArrayDataOutput out, int value) {
    int rest = value;
    for (; (rest & ~0x7f) != 0; rest >>>= 7) {
      out.writeByte((byte) ((rest & 0x7f) | 0x80));
    }
    out.writeByte((byte) rest);
  }

  /**
   * For each {@value #STEP}th unit but the first, how many more bytes than units come before it,
   * doubled; and 1 if it is the second half of a pair, whose bytes are then still to come.
   */
  private static Packed.Column signposts(String text) {
    Packed.Column posts = new Packed.Column();
    long more = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean secondHalf =
          i > 0 && Character.isLowSurrogate(c) && Character.isHighSurrogate(text.charAt(i - 1));
      if (i % STEP == 0 && i > 0) {
        posts.add(secondHalf ? 2 * (more - 1) + 1 : 2 * more);
      }
      if (c >= 0x80) {
        more += bytesBeyondOne(text, i, c, secondHalf);
      }
    }
    if (!text.isEmpty() && text.length() % STEP == 0) {
      posts.add(2 * more); // never asked for, but the number of signposts follows from the length
    }
    return posts;
  }

  private static int bytesBeyondOne(String text, int i, char c, boolean secondHalf) {
    if (Character.isSurrogate(c)) { // a pair's four bytes: two for each half
      boolean firstHalf =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      return firstHalf || secondHalf ? 1 : 0;
    }
    return c < 0x800 ? 1 : 2;
  }

  /** The whole text of a field; empty if it has none. */
  public String of(String field) {
    Part part = part(field);
    return new String(
        bytes,
        part.start,
        part.length,
        part.ascii() ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8); // the first is faster
  }

  /** Length of a field's text in UTF-16 units. */
  public int length(String field) {
    return part(field).characters;
  }

  /**
   * A piece of a field's text.
   *
   * @param start where it begins, in UTF-16 units
   * @param end where it ends
   */
  public String substring(String field, int start, int end) {
    Part part = part(field);
    if (start < 0 || end > part.characters || start > end) {
      throw new IndexOutOfBoundsException(
          start + ".." + end + " of " + part.characters + " characters of " + field);
    }
    if (part.ascii()) {
      return new String(bytes, part.start + start, end - start, StandardCharsets.ISO_8859_1);
    }
    return decoded(part, start, end);
  }

  private String decoded(Part part, int start, int end) {
    char[] piece = new char[end - start];
    int post = start / STEP;
    int unit = post * STEP;
    int at = part.start;
    if (post > 0) {
      long value = Packed.get(bytes, part.signposts + (post - 1) * part.width, part.width);
      unit -= (int) (value & 1);
      at += (int) (unit + (value >>> 1));
    }
    while (unit < end) {
      int lead = bytes[at] & 0xff;
      if (lead < 0xf0) {
        if (unit >= start) {
          piece[unit - start] = unit(lead, at);
        }
        unit++;
        at += lead < 0x80 ? 1 : lead < 0xe0 ? 2 : 3;
        continue;
      }
      int codePoint = (lead & 0x07) << 18 | low(at + 1) << 12 | low(at + 2) << 6 | low(at + 3);
      if (unit >= start) {
        piece[unit - start] = Character.highSurrogate(codePoint);
      }
      if (unit + 1 >= start && unit + 1 < end) {
        piece[unit + 1 - start] = Character.lowSurrogate(codePoint);
      }
      unit += 2;
      at += 4;
    }
    return new String(piece);
  }

  private char unit(int lead, int at) {
    if (lead < 0x80) {
      return (char) lead;
    }
    return lead < 0xe0
        ? (char) ((lead & 0x1f) << 6 | low(at + 1))
        : (char) ((lead & 0x0f) << 12 | low(at + 1) << 6 | low(at + 2));
  }

  private int low(int at) {
    return bytes[at] & 0x3f;
  }

  private Part part(String field) {
    List<Fields.Searched> searched = Fields.searched();
    for (int i = 0; i < parts.length; i++) {
      if (searched.get(i).name().equals(field)) {
        return parts[i];
      }
    }
    throw new IllegalArgumentException("no searched field is named " + field);
  }
}
