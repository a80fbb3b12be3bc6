package io.earshot.indexers;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** What spreadsheets do to CSV files. */
final class CsvFiles {
  private CsvFiles() {}

  /** The stream without the byte order mark that spreadsheets begin UTF-8 files with. */
  static InputStream withoutMark(InputStream in) throws IOException {
    PushbackInputStream pushback = new PushbackInputStream(in, 3);
    byte[] mark = pushback.readNBytes(3);
    boolean marked =
        mark.length == 3
            && mark[0] == (byte) 0xEF
            && mark[1] == (byte) 0xBB
            && mark[2] == (byte) 0xBF;
    if (!marked) {
      pushback.unread(mark);
    }
    return pushback;
  }
}
