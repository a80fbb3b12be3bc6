package io.earshot.transcription;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server answers.
 *
 * @param status the status code
 * @param headers the headers
 * @param body the body, which is to be closed
 */
record WebAnswer(int status, HttpHeaders headers, TimedBody body) implements AutoCloseable {
  static final int OK = 200;
  static final int PARTIAL = 206;
  static final int NO_SUCH_RANGE = 416;

  private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d+)-\\d+|\\*)/(\\d+|\\*)");

  Optional<String> header(String name) {
    return headers.firstValue(name).map(String::strip);
  }

  /** A tag that stands for the very bytes, else the file's date. */
  Optional<String> validator() {
    return header("ETag").filter(tag -> tag.startsWith("\"")).or(() -> header("Last-Modified"));
  }

  /** Bytes of the whole file, or {@link PartFile#UNKNOWN}. */
  long total() {
    return status == OK ? number(header("Content-Length")) : number(ofRange(2));
  }

  /** Whether the body is what is missing of a part, of the same file. */
  boolean continues(PartFile part) throws IOException {
    return status == PARTIAL
        && number(ofRange(1)) == part.size()
        && (total() == part.total()
            || total() == PartFile.UNKNOWN
            || part.total() == PartFile.UNKNOWN)
        && (validator().equals(part.validator())
            || validator().isEmpty()
            || part.validator().isEmpty());
  }

  private Optional<String> ofRange(int group) {
    Matcher range = RANGE.matcher(header("Content-Range").orElse(""));
    return range.matches() ? Optional.ofNullable(range.group(group)) : Optional.empty();
  }

  private static long number(Optional<String> text) {
    return text.filter(value -> value.matches("\\d{1,18}"))
        .map(Long::parseLong)
        .orElse(PartFile.UNKNOWN);
  }

  @Override
  public void close() {
    body.close();
  }
}
