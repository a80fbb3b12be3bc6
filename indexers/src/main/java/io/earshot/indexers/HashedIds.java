package io.earshot.indexers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A set of ids by 64 bits of their digest: 16 to 32 bytes each, so that a run of millions fits. Not
 * thread-safe.
 */
final class HashedIds {
  private long[] slots = new long[1 << 10]; // 0 is empty; the hash 0 is taken for 1
  private int size;

  /** Adds an id; false if it was there, or, once in 2^64 pairs, another one like it. */
  boolean add(String id) {
    if (size * 2 >= slots.length) {
      grow();
    }
    byte[] digest = Digests.sha256().digest(id.getBytes(StandardCharsets.UTF_8));
    return insert(slots, ByteBuffer.wrap(digest).getLong()) && ++size > 0;
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    for (long hash : slots) {
      if (hash != 0) {
        insert(larger, hash);
      }
    }
    slots = larger;
  }

  private static boolean insert(long[] slots, long hash) {
    long value = hash == 0 ? 1 : hash;
    int mask = slots.length - 1;
    int slot = (int) value & mask;
    while (slots[slot] != 0) {
      if (slots[slot] == value) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = value;
    return true;
  }
}
