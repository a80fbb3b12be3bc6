package io.earshot.indexers;

import io.earshot.Interaction;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An index in memory. */
final class MemoryTarget implements Ingest.Target {
  final Map<String, Interaction> held = new TreeMap<>();
  int commits;

  @Override
  public Outcome add(Interaction interaction) {
    Interaction before = held.put(interaction.id(), interaction);
    return interaction.equals(before) ? Outcome.UNCHANGED : Outcome.INDEXED;
  }

  @Override
  public Optional<Interaction> get(String id) {
    return Optional.ofNullable(held.get(id));
  }

  @Override
  public void commit() {
    commits++;
  }
}
