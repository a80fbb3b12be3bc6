package io.earshot.indexers;

import static java.util.Objects.requireNonNull;

import io.earshot.Interaction;
import io.earshot.InteractionIndex;
import io.earshot.InvalidInteractionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Puts interactions into an {@link InteractionIndex}. */
final class IndexTarget implements Ingest.Target {
  private final InteractionIndex index;

  IndexTarget(InteractionIndex index) {
    this.index = requireNonNull(index, "index");
  }

  @Override
  public Outcome add(Interaction interaction) throws IOException {
    if (get(interaction.id()).filter(interaction::equals).isPresent()) {
      return Outcome.UNCHANGED;
    }
    try {
      index.add(interaction);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return Outcome.INDEXED;
  }

  @Override
  public Optional<Interaction> get(String id) throws IOException {
    try {
      return index.get(id);
    } catch (InvalidInteractionException e) {
      return Optional.empty(); // of an older, faulty version: what comes now takes its place
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void commit() throws IOException {
    try {
      index.commit();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
