package io.earshot.indexers;

import static java.util.Objects.requireNonNull;

import io.earshot.Attachment;
import io.earshot.Channel;
import io.earshot.Interaction;
import io.earshot.Participant;
import io.earshot.Role;
import io.earshot.Source;
import io.earshot.Turn;
import io.earshot.indexers.WhatsAppStamp.DateOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads WhatsApp's "Export chat" files: iOS's {@code _chat.txt} and Android's {@code WhatsApp Chat
 * with ....txt}, with 12 or 24 hours.
 *
 * <p>One file is one conversation. The export does not say whether the day or the month comes
 * first; that is found from all the dates of the file, and where they leave it open the day is
 * first, with a warning. Participants are named by their name, in the role OTHER: who of them is
 * the customer the export does not know. Lines of the export itself (somebody joined, a call was
 * missed) are no turns; {@code attributes.systemLines} counts them, {@code
 * attributes.deletedMessages} the messages of which only the place is left. An attachment's turn
 * keeps the text that was written with it.
 *
 * <p>The id is a digest of the file's name and the first message, so that a later, longer export of
 * the same chat replaces the earlier one. Memory is that of the one conversation. Thread-safe.
 */
public final class WhatsAppReader implements InteractionReader {
  static final String FORMAT = "whatsapp";

  private static final int SNIFFED_LINES = 20;
  private static final Pattern CHAT_NAME =
      Pattern.compile("^WhatsApp.Chat(?: -| with| mit| con| avec| com| met)? (.+?)(?:\\.txt)?$");

  private final ZoneId zone;

  /**
   * A reader of exports whose times are in that zone; the files do not tell.
   *
   * @param zone the zone of the phone that exported the chat
   */
  public WhatsAppReader(ZoneId zone) {
    this.zone = requireNonNull(zone, "zone");
  }

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public boolean reads(InputFile input) {
    if (!input.extension().equals("txt")) {
      return false;
    }
    String head = new String(input.head(), StandardCharsets.UTF_8).replace("\uFEFF", "");
    return head.lines().limit(SNIFFED_LINES).anyMatch(line -> WhatsAppStamp.of(line).isPresent());
  }

  @Override
  public void read(InputFile input, Sink sink) throws IOException {
    requireNonNull(sink, "sink");
    WhatsAppDates dates = new WhatsAppDates();
    MessageDigest digest = Digests.sha256();
    try (TextLines lines = new TextLines(new DigestInputStream(input.open(), digest))) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        WhatsAppStamp.of(line).ifPresent(dates::add);
      }
    }
    if (dates.none()) {
      throw new IOException(Problems.NO_MESSAGES);
    }
    if (dates.ambiguous()) {
      sink.warning("", Problems.AMBIGUOUS_DATES.formatted(dates.order()));
    }
    Conversation conversation = new Conversation(input, sink, dates.order(), zone);
    try (TextLines lines = new TextLines(input.open())) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        conversation.line(line, lines);
      }
    }
    conversation.end(Digests.checksum(digest));
  }

  /** The conversation as far as it was read. */
  private static final class Conversation {
    private final InputFile input;
    private final Sink sink;
    private final DateOrder order;
    private final ZoneId zone;
    private final Map<String, Participant> participants = new LinkedHashMap<>();
    private final List<Turn> turns = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private @Nullable String groupName;
    private @Nullable String firstMessage;
    private long systemLines;
    private long deletedMessages;
    private boolean warned;

    // The message that the next line may continue.
    private @Nullable Instant at;
    private String raw = "";
    private String name = "";
    private final StringBuilder text = new StringBuilder();

    private Conversation(InputFile input, Sink sink, DateOrder order, ZoneId zone) {
      this.input = input;
      this.sink = sink;
      this.order = order;
      this.zone = zone;
    }

    private void line(String line, TextLines lines) {
      String position = "line " + lines.number();
      if (lines.cut()) {
        sink.warning(position, Problems.LONG_MESSAGE_LINE.formatted(TextLines.MAX_LINE_CHARS));
      }
      if (lines.mended()) {
        sink.warning(position, Problems.NOT_UTF8);
      }
      Optional<WhatsAppStamp> stamp = WhatsAppStamp.of(line);
      Optional<LocalDate> date = stamp.flatMap(found -> found.date(order));
      if (date.isPresent()) {
        finish();
        begin(stamp.get(), date.get());
      } else if (at != null) {
        text.append('\n').append(line);
      } else if (!line.isBlank() && !warned) {
        warned = true;
        sink.warning(position, Problems.TEXT_BEFORE);
      }
    }

    private void begin(WhatsAppStamp stamp, LocalDate date) {
      at = date.atTime(stamp.time()).atZone(zone).toInstant();
      raw = stamp.raw();
      Optional<WhatsAppText.Speaker> speaker = WhatsAppText.speaker(stamp.rest());
      name = speaker.map(WhatsAppText.Speaker::name).orElse("");
      text.append(
          stamp.rest(),
          speaker.map(WhatsAppText.Speaker::textStart).orElse(0),
          stamp.rest().length());
    }

    private void finish() {
      if (at == null) {
        return;
      }
      String written = text.toString();
      text.setLength(0);
      Optional<WhatsAppText.Content> content =
          name.isEmpty() ? Optional.empty() : WhatsAppText.content(written);
      if (content.isPresent()) {
        turn(at, content.get());
      } else {
        systemLines++;
        WhatsAppText.groupName(written).ifPresent(group -> groupName = group);
      }
      at = null;
    }

    private void turn(Instant when, WhatsAppText.Content content) {
      if (firstMessage == null) {
        firstMessage = raw + '\n' + name + '\n' + content.text();
      }
      participants.computeIfAbsent(name, id -> Participant.of(id, Role.OTHER).withName(id));
      turns.add(Turn.builder(name).at(when).text(content.text()).build());
      content.attachment().map(Attachment::of).ifPresent(attachments::add);
      if (content.deleted()) {
        deletedMessages++;
      }
    }

    private void end(String checksum) throws IOException {
      finish();
      if (firstMessage == null) {
        throw new IOException(Problems.ONLY_SYSTEM_LINES.formatted(systemLines));
      }
      Instant startedAt = turns.getFirst().at().orElseThrow();
      String digest = Digests.checksum(input.name() + '\n' + firstMessage);
      Interaction.Builder builder =
          Interaction.builder(FORMAT + "-" + Digests.abbreviated(digest), Channel.CHAT, startedAt)
              .endedAt(turns.getLast().at().orElseThrow())
              .participants(List.copyOf(participants.values()))
              .turns(turns)
              .attachments(attachments)
              .source(
                  new Source(input.uri(), Optional.of(FORMAT), Optional.of(checksum), List.of()));
      chatName().ifPresent(builder::thread);
      builder.attribute("systemLines", Long.toString(systemLines));
      if (deletedMessages > 0) {
        builder.attribute("deletedMessages", Long.toString(deletedMessages));
      }
      sink.interaction(builder.build());
    }

    /**
     * The chat's name: from the file, from the folder an iOS export was unpacked to, or a group's.
     */
    private Optional<String> chatName() {
      Path folder = input.path().toAbsolutePath().getParent();
      Path folderName = folder == null ? null : folder.getFileName();
      return chatName(input.name())
          .or(() -> chatName(String.valueOf(folderName)))
          .or(() -> Optional.ofNullable(groupName));
    }

    private static Optional<String> chatName(String fileName) {
      Matcher matcher = CHAT_NAME.matcher(fileName);
      return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
  }
}
