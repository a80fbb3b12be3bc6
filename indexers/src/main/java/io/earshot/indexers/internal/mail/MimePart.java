package io.earshot.indexers.internal.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.util.ByteSequence;
import org.jspecify.annotations.Nullable;

/** One part of a message: its header, and either its decoded content or the parts inside it. */
final class MimePart implements BodyDescriptor {
  /** Fields of one name, and names, beyond this are no mail any more and are left out. */
  private static final int MAX_FIELDS = 2_000;

  private static final Set<String> PLAIN_ENCODINGS =
      Set.of("7bit", "8bit", "binary", "base64", "quoted-printable");

  private static final Pattern PUNCTUATION = Pattern.compile("\\([^()]*\\)|[\"'\\s]");

  private final Map<String, List<byte[]>> fields = new LinkedHashMap<>();
  private final List<MimePart> children = new ArrayList<>();
  private @Nullable HeaderParameters contentType;
  private @Nullable HeaderParameters disposition;
  private String mimeType = "text/plain";
  private String encoding = "";
  private Optional<String> fileName = Optional.empty();
  private byte[] content = new byte[0];
  private int fieldCount;

  void addField(RawField field) {
    if (fieldCount++ >= MAX_FIELDS) {
      return;
    }
    ByteSequence raw = field.getRaw();
    String name = field.getNameLowerCase();
    byte[] body;
    if (raw == null) {
      body = String.valueOf(field.getBody()).getBytes(StandardCharsets.UTF_8);
    } else {
      int from = Math.min(field.getDelimiterIdx() + 1, raw.length());
      byte[] all = raw.toByteArray();
      body = Arrays.copyOfRange(all, from, raw.length());
    }
    fields.computeIfAbsent(name, key -> new ArrayList<>(1)).add(body);
  }

  /** Settles the media type, once the header is read. */
  void headerDone(boolean inDigest, boolean mayHoldParts) {
    String fallback = inDigest ? "message/rfc822" : "text/plain";
    for (String field : all("content-type")) {
      HeaderParameters parsed = HeaderParameters.parse(field);
      if (contentType == null || (!isType(contentType.value()) && isType(parsed.value()))) {
        contentType = parsed;
      }
    }
    encoding = first("content-transfer-encoding").map(MimePart::encoding).orElse("");
    disposition = first("content-disposition").map(HeaderParameters::parse).orElse(null);
    fileName = readFileName();
    String declared = contentType == null ? "" : contentType.value();
    mimeType = isType(declared) ? declared : declared.equals("text") ? "text/plain" : fallback;
    if (mimeType.startsWith("multipart/") && (getBoundary() == null || !mayHoldParts)) {
      // Read as text, its parts can at least be found.
      mimeType = "text/plain";
    }
  }

  private static boolean isType(String value) {
    int slash = value.indexOf('/');
    return slash > 0 && slash < value.length() - 1;
  }

  /** The first field of that lower-case name, unfolded. */
  Optional<String> first(String name) {
    List<byte[]> found = fields.get(name);
    return found == null ? Optional.empty() : Optional.of(HeaderText.unfolded(found.get(0)));
  }

  /** Every field of that lower-case name, unfolded. */
  List<String> all(String name) {
    return fields.getOrDefault(name, List.of()).stream().map(HeaderText::unfolded).toList();
  }

  boolean hasFields() {
    return !fields.isEmpty();
  }

  /** Whether it was declared as multipart, though no part of it could be told from another. */
  boolean isBrokenMultipart() {
    return contentType != null && contentType.value().startsWith("multipart/") && !isMultipart();
  }

  boolean isMultipart() {
    return mimeType.startsWith("multipart/");
  }

  boolean isMessage() {
    return mimeType.equals("message/rfc822") || mimeType.equals("message/global");
  }

  boolean isAttachmentByDisposition() {
    return disposition != null && disposition.value().equals("attachment");
  }

  /** The file's name, decoded and without a path; empty if it has none. */
  Optional<String> fileName() {
    return fileName;
  }

  private Optional<String> readFileName() {
    return parameter(disposition, "filename")
        .or(() -> parameter(contentType, "name"))
        .map(HeaderText::decodeWords)
        .map(HeaderText::collapsed)
        .map(name -> name.substring(1 + Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'))))
        .map(String::strip)
        .filter(name -> !name.isEmpty());
  }

  private static Optional<String> parameter(@Nullable HeaderParameters header, String name) {
    return header == null ? Optional.empty() : header.parameter(name);
  }

  List<MimePart> children() {
    return children;
  }

  byte[] content() {
    return content;
  }

  void content(byte[] bytes) {
    content = bytes;
  }

  /** The transfer encoding's name, without the punctuation that some mail programs add. */
  String encoding() {
    return encoding;
  }

  private static String encoding(String field) {
    int end = field.indexOf(';');
    String name = (end < 0 ? field : field.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    return PLAIN_ENCODINGS.contains(name) ? name : PUNCTUATION.matcher(name).replaceAll("");
  }

  @Override
  public String getMimeType() {
    return mimeType;
  }

  @Override
  public @Nullable String getBoundary() {
    // No stripping at the front; trailing blanks are no part of a boundary either way (RFC 2046).
    return parameter(contentType, "boundary").orElse(null);
  }

  @Override
  public @Nullable String getCharset() {
    return parameter(contentType, "charset").orElse(null);
  }

  @Override
  public String getMediaType() {
    return mimeType.substring(0, mimeType.indexOf('/'));
  }

  @Override
  public String getSubType() {
    return mimeType.substring(mimeType.indexOf('/') + 1);
  }

  @Override
  public String getTransferEncoding() {
    return encoding();
  }

  @Override
  public long getContentLength() {
    return -1;
  }
}
