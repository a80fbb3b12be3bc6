package io.earshot.indexers;

import io.earshot.Interaction;
import io.earshot.Participant;
import io.earshot.Role;
import io.earshot.Source;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts interactions into an index; one id is one interaction, with all the places it is at. */
final class IndexingStore implements Store {
  private static final long COMMIT_NANOS = Duration.ofSeconds(30).toNanos();

  private final Ingest.Target target;
  private final int commitEvery;
  private final HashedIds begun = new HashedIds();
  private long lastCommit = System.nanoTime();
  private int uncommitted;

  IndexingStore(Ingest.Target target, int commitEvery) {
    this.target = target;
    this.commitEvery = commitEvery;
  }

  @Override
  public boolean begin(String id) {
    return begun.add(id);
  }

  @Override
  public Kept keep(Interaction incoming, boolean first) throws IOException {
    Optional<Interaction> held = target.get(incoming.id());
    if (held.isEmpty()) {
      return kept(add(incoming));
    }
    Interaction existing = held.get();
    boolean same = sameContent(existing, incoming);
    if (same) {
      Interaction placed = withKnownCustomers(incoming, existing);
      Ingest.Target.Outcome outcome = add(atAllPlaces(placed, existing, incoming));
      return first ? kept(outcome) : Kept.DUPLICATE;
    }
    if (first) {
      return kept(add(incoming)); // a newer version replaces what an earlier run found
    }
    boolean fuller = existing.turns().size() > incoming.turns().size();
    boolean samePlace = uri(existing).equals(uri(incoming));
    add(
        fuller && !samePlace
            ? atAllPlaces(existing, existing, incoming)
            : atAllPlaces(incoming, incoming, existing));
    return Kept.DIFFERENT;
  }

  private static Kept kept(Ingest.Target.Outcome outcome) {
    return switch (outcome) {
      case INDEXED -> Kept.INDEXED;
      case UNCHANGED -> Kept.UNCHANGED;
    };
  }

  /** By the input's bytes where they are known: an index may hold redacted text. */
  private static boolean sameContent(Interaction one, Interaction other) {
    Optional<String> checksum = one.source().flatMap(Source::checksum);
    return (checksum.isPresent() && checksum.equals(other.source().flatMap(Source::checksum)))
        || (other.source().isPresent()
            && one.toBuilder().source(other.source().get()).build().equals(other));
  }

  /** Whom an earlier run or a merge found stays found, also in a run that looks nobody up. */
  private static Interaction withKnownCustomers(Interaction incoming, Interaction existing) {
    if (!AddressResolver.isUnknown(incoming) || AddressResolver.isUnknown(existing)) {
      return incoming;
    }
    List<Participant> participants = new ArrayList<>();
    for (Participant participant : incoming.participants()) {
      Optional<Role> known = existing.participant(participant.id()).map(Participant::role);
      boolean tells = participant.role() == Role.OTHER && known.isPresent();
      participants.add(tells ? participant.withRole(known.get()) : participant);
    }
    Interaction.Builder builder =
        incoming.toBuilder().customers(existing.customers()).participants(participants);
    existing
        .direction()
        .filter(known -> incoming.direction().isEmpty())
        .ifPresent(builder::direction);
    return builder.build();
  }

  private static Optional<String> uri(Interaction interaction) {
    return interaction.source().map(Source::uri);
  }

  /** One of them, which names the places of both: the first one's as its own, the rest after it. */
  private static Interaction atAllPlaces(
      Interaction chosen, Interaction first, Interaction second) {
    List<String> places = new ArrayList<>();
    first.source().ifPresent(source -> addPlaces(source, places));
    second.source().ifPresent(source -> addPlaces(source, places));
    return at(chosen, places);
  }

  private static void addPlaces(Source source, List<String> places) {
    places.add(source.uri());
    places.addAll(source.locations());
  }

  private static Interaction at(Interaction interaction, List<String> places) {
    Set<String> distinct = new LinkedHashSet<>(places);
    if (distinct.isEmpty()) {
      return interaction;
    }
    String uri = distinct.iterator().next();
    distinct.remove(uri);
    Source source =
        new Source(
            uri,
            interaction.source().flatMap(Source::format),
            interaction.source().flatMap(Source::checksum),
            List.copyOf(distinct));
    return interaction.toBuilder().source(source).build();
  }

  @Override
  public void addPlace(Interaction kept, String uri) throws IOException {
    List<String> places = new ArrayList<>();
    kept.source().ifPresent(source -> addPlaces(source, places));
    places.add(uri);
    add(at(kept, places));
  }

  private Ingest.Target.Outcome add(Interaction interaction) throws IOException {
    Ingest.Target.Outcome outcome;
    try {
      outcome = target.add(interaction);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(interaction.id(), e);
    }
    if (outcome == Ingest.Target.Outcome.INDEXED) {
      uncommitted++;
    }
    if (uncommitted >= commitEvery
        || (uncommitted > 0 && System.nanoTime() - lastCommit >= COMMIT_NANOS)) {
      commit();
    }
    return outcome;
  }

  private void commit() throws IOException {
    target.commit();
    uncommitted = 0;
    lastCommit = System.nanoTime();
  }

  @Override
  public Optional<Interaction> get(String id) throws IOException {
    return target.get(id);
  }

  @Override
  public void end() throws IOException {
    commit();
  }
}
