package io.earshot;

import io.earshot.internal.HitCollector.Found;
import io.earshot.internal.Ranking;
import io.earshot.internal.ScopedSearcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of an answer ended, and what the next one needs to go on from there.
 *
 * <p>It holds the place of the last hit in the order of the answer, and everything that order
 * depends on and that changes with time: the statistics that were scored with, what "now" was, and
 * whether the query was relaxed. So an interaction that does not change keeps its place, and is
 * neither shown twice nor left out, whatever is added or removed between two pages; and nothing has
 * to be kept open for it.
 *
 * <p>As text it is signed (HMAC-SHA-256, RFC 2104) with a key of the index: one that was tampered
 * with, or comes from another index, another customer or another query, is refused.
 *
 * @param last the last hit shown; its document number means nothing
 * @param now what the time was on the first page
 * @param relaxed whether the query was relaxed
 * @param reranked the last hit, before where words stand counted, of those for which it does; empty
 *     if it does for all
 * @param isReranked whether the last hit shown is one of them
 * @param statistics what the first page was scored with
 */
record Cursor(
    Found last,
    Instant now,
    boolean relaxed,
    Optional<Found> reranked,
    boolean isReranked,
    ScopedSearcher.Statistics statistics) {
  private static final byte VERSION = 2;
  private static final int SIGNATURE = 16;
  private static final int FINGERPRINT = 8;

  /** What one index and one request sign their cursors with. */
  static final class Seal {
    private final byte[] key;
    private final byte[] fingerprint;

    private Seal(byte[] key, byte[] fingerprint) {
      this.key = key;
      this.fingerprint = fingerprint;
    }

    /**
     * Of a request.
     *
     * @param answers what it is answered with: pages of one kind go on in no other
     * @param synonyms what words are also looked for by
     */
    static Seal of(
        byte[] key,
        Optional<String> customer,
        Class<?> answers,
        SearchRequest request,
        Ranking ranking,
        Optional<Interaction> like,
        Synonyms synonyms) {
      StringBuilder asked = new StringBuilder();
      for (String part :
          List.of(
              answers.getSimpleName(),
              customer.map(id -> "c" + id).orElse("everyone"),
              request.query(),
              request.tree().isPresent() ? "built" : "typed",
              request.sort().name(),
              request.grouping().name(),
              request.clock().getZone().getId(),
              String.valueOf(request.relaxing()),
              ranking.toString(),
              like.map(InteractionJson::write).orElse(""))) {
        asked.append(part.length()).append(' ').append(part); // so that parts cannot run together
      }
      asked.append(synonyms.fingerprint());
      try {
        byte[] digest =
            MessageDigest.getInstance("SHA-256")
                .digest(asked.toString().getBytes(StandardCharsets.UTF_8));
        return new Seal(key, Arrays.copyOf(digest, FINGERPRINT));
      } catch (GeneralSecurityException e) {
        throw new AssertionError("every Java platform has SHA-256", e);
      }
    }

    private byte[] signature(byte[] content) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update(fingerprint);
        return Arrays.copyOf(mac.doFinal(content), SIGNATURE);
      } catch (GeneralSecurityException e) {
        throw new AssertionError("every Java platform has HmacSHA256", e);
      }
    }
  }

  /** The cursor as text: letters, digits, - and _. */
  String encode(Seal seal) {
    try {
      ByteBuffersDataOutput out = new ByteBuffersDataOutput();
      out.writeByte(VERSION);
      write(last, out);
      out.writeLong(now.getEpochSecond());
      out.writeInt(now.getNano());
      out.writeByte(flag(relaxed));
      out.writeByte(flag(isReranked));
      out.writeByte(flag(reranked.isPresent()));
      if (reranked.isPresent()) {
        write(reranked.get(), out);
      }
      out.writeVLong(statistics.docs());
      out.writeLong(statistics.newest());
      out.writeSetOfStrings(new TreeSet<>(statistics.languages()));
      out.writeVInt(statistics.docFreqs().size());
      for (Map.Entry<Integer, Long> docFreq : new TreeMap<>(statistics.docFreqs()).entrySet()) {
        out.writeInt(docFreq.getKey());
        out.writeVLong(docFreq.getValue());
      }
      byte[] content = out.toArrayCopy();
      byte[] signed = Arrays.copyOf(seal.signature(content), SIGNATURE + content.length);
      System.arraycopy(content, 0, signed, SIGNATURE, content.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
  }

  private static byte flag(boolean value) {
    return (byte) (value ? 1 : 0);
  }

  private static void write(Found found, ByteBuffersDataOutput out) throws IOException {
    out.writeInt(Float.floatToIntBits(found.score()));
    out.writeLong(found.startedAt());
    out.writeString(found.id().utf8ToString());
    out.writeString(found.customer().utf8ToString());
  }

  private static Found readFound(ByteArrayDataInput in) throws IOException {
    float score = Float.intBitsToFloat(in.readInt());
    long startedAt = in.readLong();
    BytesRef id = new BytesRef(in.readString());
    return new Found(-1, score, startedAt, id, new BytesRef(in.readString()));
  }

  /**
   * Reads a cursor.
   *
   * @throws EarshotException if it was not made for this, number EARSHOT-112
   */
  static Cursor decode(String text, Seal seal) {
    byte[] signed;
    try {
      signed = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw refused(e);
    }
    if (!Base64.getUrlEncoder().withoutPadding().encodeToString(signed).equals(text)) {
      throw refused(null); // the last character has bits to spare, and padding may be left out
    }
    byte[] content = Arrays.copyOfRange(signed, Math.min(SIGNATURE, signed.length), signed.length);
    byte[] signature = Arrays.copyOf(signed, SIGNATURE);
    if (!MessageDigest.isEqual(signature, seal.signature(content))) {
      throw refused(null);
    }
    try {
      return read(new ByteArrayDataInput(content));
    } catch (IOException | RuntimeException e) {
      throw refused(e); // signed by us, but in a layout of another version
    }
  }

  private static Cursor read(ByteArrayDataInput in) throws IOException {
    if (in.readByte() != VERSION) {
      throw new IOException("a cursor of another version");
    }
    Found last = readFound(in);
    Instant now = Instant.ofEpochSecond(in.readLong(), in.readInt());
    boolean relaxed = in.readByte() == 1;
    boolean isReranked = in.readByte() == 1;
    Optional<Found> reranked = in.readByte() == 1 ? Optional.of(readFound(in)) : Optional.empty();
    long docs = in.readVLong();
    long newest = in.readLong();
    Set<String> languages = in.readSetOfStrings();
    Map<Integer, Long> docFreqs = new HashMap<>();
    for (int n = in.readVInt(); n > 0; n--) {
      docFreqs.put(in.readInt(), in.readVLong());
    }
    return new Cursor(
        last,
        now,
        relaxed,
        reranked,
        isReranked,
        new ScopedSearcher.Statistics(docs, newest, languages, docFreqs));
  }

  private static EarshotException refused(@Nullable Exception cause) {
    String message =
        "the cursor is not one that this index gave for this request: query, customer, sort order, grouping, ranking, time zone, relaxing, synonyms, what hits should be like, and whether it is a search or a history. Ask for the first page again, without a cursor";
    return cause == null
        ? new EarshotException("EARSHOT-112", message)
        : new EarshotException("EARSHOT-112", message, cause);
  }
}
