package io.earshot.internal;

import java.util.Arrays;

/**
 * A map from numbers that are not negative to numbers, without a box for each. Not thread-safe.
 *
 * <p>Ordinals of a segment are numbered over all customers, so an array of all would cost one
 * customer's request what the whole index is worth.
 */
final class Numbers {
  /** Stands for a number that is not there. */
  static final int NONE = Integer.MIN_VALUE;

  private int[] keys = empty(64); // -1 for a free slot
  private int[] values = new int[64];
  private int size;

  private static int[] empty(int length) {
    int[] keys = new int[length];
    Arrays.fill(keys, -1);
    return keys;
  }

  private int slot(int key) {
    int slot = (key * 0x9e3779b9) >>> (32 - Integer.numberOfTrailingZeros(keys.length));
    while (keys[slot] != -1 && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  /** What the key stands for, or {@link #NONE}. */
  int get(int key) {
    int slot = slot(key);
    return keys[slot] == key ? values[slot] : NONE;
  }

  void put(int key, int value) {
    int slot = slot(key);
    if (keys[slot] == -1) {
      keys[slot] = key;
      size++;
    }
    values[slot] = value;
    if (2 * size > keys.length) {
      grow();
    }
  }

  /** Adds the key; whether it is new. */
  boolean add(int key) {
    if (get(key) != NONE) {
      return false;
    }
    put(key, 0);
    return true;
  }

  private void grow() {
    int[] oldKeys = keys;
    int[] oldValues = values;
    keys = empty(2 * oldKeys.length);
    values = new int[2 * oldKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != -1) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
