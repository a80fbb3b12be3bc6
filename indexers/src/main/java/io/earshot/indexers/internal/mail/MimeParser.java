package io.earshot.indexers.internal.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.BodyDescriptorBuilder;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * Reads a message's tree of parts with Mime4j's token stream, which is lighter than its DOM.
 *
 * <p>Mime4j's own limits reject real mail, so they are off; depth and number of parts are limited
 * here. Whatever breaks off in the middle keeps what was read before.
 */
final class MimeParser {
  private static final int MAX_DEPTH = 40;
  private static final int MAX_PARTS = 20_000;

  private static final MimeConfig CONFIG =
      MimeConfig.custom()
          .setMaxLineLen(-1)
          .setMaxHeaderCount(-1)
          .setMaxHeaderLen(-1)
          .setMaxContentLen(-1)
          .build();

  private final Consumer<String> warnings;
  private final Deque<MimePart> open = new ArrayDeque<>();
  private MimePart root = new MimePart();
  private boolean hasRoot;
  private int parts;

  private MimeParser(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  /** The message's root part; an empty one if there is nothing to read. */
  static MimePart parse(byte[] message, Consumer<String> warnings) {
    return new MimeParser(warnings).read(mended(message, warnings));
  }

  private MimePart read(InputStream in) {
    MimeTokenStream tokens =
        new MimeTokenStream(CONFIG, DecodeMonitor.SILENT, new Header("", 0, warnings));
    tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
    tokens.parse(in);
    try {
      EntityState state = tokens.getState();
      while (state != EntityState.T_END_OF_STREAM && parts < MAX_PARTS) {
        token(state, tokens);
        state = tokens.next();
      }
      if (parts >= MAX_PARTS) {
        warnings.accept("more than " + MAX_PARTS + " parts; the rest is left out");
      }
    } catch (MimeException | IOException e) {
      warnings.accept("the message breaks off: " + e.getClass().getSimpleName());
    }
    return root;
  }

  private void token(EntityState state, MimeTokenStream tokens) throws IOException {
    switch (state) {
      case T_START_MULTIPART -> {
        MimePart part = (MimePart) tokens.getBodyDescriptor();
        attach(part);
        open.push(part);
      }
      case T_PREAMBLE -> open.element().content(tokens.getInputStream().readAllBytes());
      case T_END_MULTIPART -> close(open.pop());
      case T_BODY -> {
        MimePart part = (MimePart) tokens.getBodyDescriptor();
        attach(part);
        part.content(decoded(part, tokens.getInputStream()));
        if (part.isBrokenMultipart()) {
          findParts(part);
        }
      }
      default -> {}
    }
  }

  private void attach(MimePart part) {
    parts++;
    if (!hasRoot) {
      root = part;
      hasRoot = true;
    } else if (!open.isEmpty()) {
      open.element().children().add(part);
    }
  }

  /** Without any part, what stands before the first one is all there is. */
  private void close(MimePart multipart) {
    if (multipart.children().isEmpty() && multipart.content().length > 0) {
      warnings.accept("multipart without a part; read as text");
      MimePart text = new MimePart();
      text.content(multipart.content());
      multipart.children().add(text);
    }
  }

  /** Where the header names no boundary, the first line that looks like one is taken for it. */
  private void findParts(MimePart part) {
    String body = new String(part.content(), StandardCharsets.ISO_8859_1);
    for (int at = body.startsWith("--") ? 0 : body.indexOf("\n--");
        at >= 0;
        at = body.indexOf("\n--", at + 1)) {
      int start = body.charAt(at) == '\n' ? at + 3 : at + 2;
      int end = body.indexOf('\n', start);
      String boundary = end < 0 ? "" : body.substring(start, end).strip();
      if (boundary.length() > 2
          && boundary.indexOf('"') < 0
          && body.indexOf("\n--" + boundary, end) > 0) {
        warnings.accept("multipart without a boundary; one was found in the text");
        String header = "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n";
        MimePart whole =
            MimeParser.parse((header + body).getBytes(StandardCharsets.ISO_8859_1), warnings);
        part.children().addAll(whole.children());
        return;
      }
    }
    warnings.accept("multipart without a boundary; read as text");
  }

  private byte[] decoded(MimePart part, InputStream raw) throws IOException {
    try {
      return switch (part.encoding()) {
        case "base64" -> new Base64InputStream(raw, DecodeMonitor.SILENT).readAllBytes();
        case "quoted-printable" ->
            new QuotedPrintableInputStream(raw, DecodeMonitor.SILENT).readAllBytes();
        case "x-uuencode", "uuencode", "x-uue", "x-uu" -> Uuencode.decode(raw.readAllBytes());
        case "", "7bit", "8bit", "binary" -> raw.readAllBytes();
        default -> {
          warnings.accept("unknown transfer encoding; taken as it stands");
          yield raw.readAllBytes();
        }
      };
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * The message without what misleads the parser: a byte order mark, a leading "From " line, and a
   * line without a colon that in truth begins the body.
   */
  private static InputStream mended(byte[] message, Consumer<String> warnings) {
    int start = MailShape.headerStart(message);
    int body = MailShape.unmarkedBodyStart(message, start);
    if (body < 0) {
      return new ByteArrayInputStream(message, start, message.length - start);
    }
    warnings.accept("no empty line after the header; one was put before the first text line");
    return new SequenceInputStream(
        new SequenceInputStream(
            new ByteArrayInputStream(message, start, body - start),
            new ByteArrayInputStream(new byte[] {'\r', '\n'})),
        new ByteArrayInputStream(message, body, message.length - body));
  }

  /** Collects one part's header for Mime4j, and reads Content-Type more tolerantly than it does. */
  private static final class Header implements BodyDescriptorBuilder {
    private final String parentType;
    private final int depth;
    private final Consumer<String> warnings;
    private MimePart part = new MimePart();

    Header(String parentType, int depth, Consumer<String> warnings) {
      this.parentType = parentType;
      this.depth = depth;
      this.warnings = warnings;
    }

    @Override
    public void reset() {
      part = new MimePart();
    }

    // Null means "keep the field as it is".
    @SuppressWarnings("NullAway")
    @Override
    public Field addField(RawField field) {
      part.addField(field);
      return null;
    }

    @Override
    public BodyDescriptor build() {
      part.headerDone(parentType.equals("multipart/digest"), depth < MAX_DEPTH);
      return part;
    }

    @Override
    public BodyDescriptorBuilder newChild() {
      if (depth == MAX_DEPTH - 1) {
        warnings.accept("parts nested deeper than " + MAX_DEPTH + " levels; read as text");
      }
      return new Header(part.getMimeType(), depth + 1, warnings);
    }
  }
}
