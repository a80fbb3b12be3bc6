package io.earshot.internal;

import java.util.Arrays;

/** Whole numbers in as few bytes each as the largest of a column needs, lowest byte first. */
final class Packed {
  private Packed() {}

  /** Bytes that the number takes, read without a sign: 0 for 0, 8 for a negative one. */
  static int width(long value) {
    return (71 - Long.numberOfLeadingZeros(value)) >>> 3;
  }

  static void put(byte[] bytes, int at, int width, long value) {
    for (int i = 0; i < width; i++) {
      bytes[at + i] = (byte) (value >>> (8 * i));
    }
  }

  static long get(byte[] bytes, int at, int width) {
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = value << 8 | (bytes[at + i] & 0xff);
    }
    return value;
  }

  /** A growing list of numbers that becomes a column. Not thread-safe. */
  static final class Column {
    private long[] values = new long[4];
    private long highest; // all values' bits, which is enough to know the width
    private int size;

    void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
      highest |= value;
    }

    long last() {
      return values[size - 1];
    }

    long beforeLast() {
      return values[size - 2];
    }

    int size() {
      return size;
    }

    int width() {
      return Packed.width(highest);
    }

    /** Writes the column and gives back where it ends. */
    int write(byte[] bytes, int at) {
      int width = width();
      int end = at;
      for (int i = 0; i < size; i++, end += width) {
        put(bytes, end, width, values[i]);
      }
      return end;
    }
  }
}
