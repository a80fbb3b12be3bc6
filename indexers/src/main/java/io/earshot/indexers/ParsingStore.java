package io.earshot.indexers;

import io.earshot.Interaction;
import java.util.Optional;
import java.util.function.Consumer;

/** Passes everything on. */
final class ParsingStore implements Store {
  private final Consumer<Interaction> consumer;

  ParsingStore(Consumer<Interaction> consumer) {
    this.consumer = consumer;
  }

  @Override
  public Kept keep(Interaction interaction, boolean first) {
    consumer.accept(interaction);
    return Kept.INDEXED;
  }

  @Override
  public boolean begin(String id) {
    return true;
  }

  @Override
  public Optional<Interaction> get(String id) {
    return Optional.empty();
  }

  @Override
  public void addPlace(Interaction kept, String uri) {}

  @Override
  public void end() {}
}
