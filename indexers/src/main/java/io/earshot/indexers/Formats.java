package io.earshot.indexers;

import io.earshot.transcription.Transcriber;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The readers that come with Earshot, in the order in which they are asked for a file. */
final class Formats {
  private Formats() {}

  static List<InteractionReader> builtIn(
      ZoneId zone,
      Supplier<? extends Transcriber> transcriber,
      Optional<AttachmentText> attachmentText) {
    return List.of(
        new CallReader(transcriber),
        new JsonLinesReader(),
        new JsonFileReader(),
        new WhatsAppReader(zone),
        attachmentText.map(MboxReader::new).orElseGet(MboxReader::new),
        attachmentText.map(EmailReader::new).orElseGet(EmailReader::new));
  }
}
