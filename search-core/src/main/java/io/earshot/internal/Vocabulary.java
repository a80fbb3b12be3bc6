package io.earshot.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.UnicodeUtil;

/**
 * The distinct exact forms of one document's words, and a digest of a text's words.
 *
 * <p>A hash table over the words where they lie: a string for each word of each turn would cost as
 * much as finding the words.
 */
public final class Vocabulary {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final int FEWEST_TO_TELL_COPIES = 3;

  private int[] slots = new int[256]; // 1 + index of an entry; 0 for none
  private Tokens[] tokens = new Tokens[128]; // of each entry, where it stands
  private int[] words = new int[128];
  private int[] hashes = new int[128];
  private int size;

  private Vocabulary() {}

  /** Every distinct exact form of the words of those texts, in no particular order. */
  public static List<BytesRef> of(List<SegmentedText> texts) {
    Vocabulary vocabulary = new Vocabulary();
    for (SegmentedText text : texts) {
      for (int i = 0; i < text.segments(); i++) {
        vocabulary.add(text.tokens(i));
      }
    }
    List<BytesRef> distinct = new ArrayList<>(vocabulary.size);
    for (int i = 0; i < vocabulary.size; i++) {
      distinct.add(utf8(vocabulary.tokens[i], vocabulary.words[i]));
    }
    return distinct;
  }

  private static BytesRef utf8(Tokens tokens, int word) {
    int length = tokens.exactLength(word);
    byte[] bytes = new byte[UnicodeUtil.maxUTF8Length(length)];
    int used = UnicodeUtil.UTF16toUTF8(tokens.forms(), tokens.exactStart(word), length, bytes);
    return new BytesRef(bytes, 0, used);
  }

  private void add(Tokens added) {
    char[] forms = added.forms();
    for (int word = 0; word < added.size(); word++) {
      int from = added.exactStart(word);
      int to = from + added.exactLength(word);
      int hash = 0;
      for (int i = from; i < to; i++) {
        hash = 31 * hash + forms[i];
      }
      add(added, word, forms, from, to, hash * 0x9e3779b9);
    }
  }

  private void add(Tokens added, int word, char[] forms, int from, int to, int hash) {
    int slot = hash >>> (32 - Integer.numberOfTrailingZeros(slots.length));
    for (; slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
      int entry = slots[slot] - 1;
      if (hashes[entry] == hash && isAt(entry, forms, from, to)) {
        return;
      }
    }
    if (size == words.length) {
      tokens = Arrays.copyOf(tokens, 2 * size);
      words = Arrays.copyOf(words, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    tokens[size] = added;
    words[size] = word;
    hashes[size] = hash;
    slots[slot] = ++size;
    if (2 * size > slots.length) {
      rehash();
    }
  }

  private boolean isAt(int entry, char[] forms, int from, int to) {
    Tokens known = tokens[entry];
    int start = known.exactStart(words[entry]);
    int end = start + known.exactLength(words[entry]);
    return Arrays.equals(known.forms(), start, end, forms, from, to);
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    int shift = 32 - Integer.numberOfTrailingZeros(slots.length);
    for (int entry = 0; entry < size; entry++) {
      int slot = hashes[entry] >>> shift;
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = entry + 1;
    }
  }

  /**
   * Whether a text has so many words that the same words again are a copy, and no mere "thank you".
   */
  public static boolean isTelling(SegmentedText text) {
    return text.words() >= FEWEST_TO_TELL_COPIES;
  }

  /**
   * A digest of a text's words in their order: FNV-1a over their UTF-16 units with a separator
   * behind each word, its bits mixed in the end as MurmurHash3 does. How they are parted into turns
   * does not count. Chance makes two texts equal once in 2^64; who wants to can make it so.
   */
  public static long digest(SegmentedText text) {
    long hash = FNV_OFFSET;
    for (int segment = 0; segment < text.segments(); segment++) {
      Tokens tokens = text.tokens(segment);
      char[] forms = tokens.forms();
      for (int word = 0; word < tokens.size(); word++) {
        int from = tokens.exactStart(word);
        int to = from + tokens.exactLength(word);
        for (int i = from; i < to; i++) {
          hash = (hash ^ forms[i]) * FNV_PRIME;
        }
        hash = (hash ^ Analysis.STEM_MARK) * FNV_PRIME; // stands in no word
      }
    }
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }
}
