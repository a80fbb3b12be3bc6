package io.earshot.evaluation;

import io.earshot.Channel;
import io.earshot.Interaction;
import io.earshot.Participant;
import io.earshot.Role;
import io.earshot.Turn;
import java.time.Instant;
import java.util.List;

/** A document of a public collection as a note: its title the subject, its text one turn. */
final class PublicDocument {
  private static final String CUSTOMER = "collection";
  private static final String AUTHOR = "author";

  private PublicDocument() {}

  static Interaction note(String id, String title, String text, Lines lines) {
    if (id.isBlank()) {
      throw lines.refused("the document's id is blank");
    }
    Interaction.Builder note =
        Interaction.builder(id, Channel.NOTE, Instant.EPOCH)
            .customers(List.of(CUSTOMER))
            .participants(List.of(Participant.of(AUTHOR, Role.OTHER)))
            .turns(List.of(Turn.of(AUTHOR, text)));
    if (!title.isBlank()) {
      note.subject(title.strip());
    }
    return note.build();
  }
}
