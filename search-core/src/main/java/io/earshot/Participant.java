package io.earshot;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Somebody who took part in an interaction.
 *
 * @param id names the participant within the interaction; {@link Turn#participant()} refers to it
 * @param name the name to show, where one is known
 * @param address mail address, phone number or handle, where one is known
 * @param role what the participant is to the company
 * @param as the e-mail header they stand in; empty on every other channel
 */
public record Participant(
    String id,
    Optional<String> name,
    Optional<String> address,
    Role role,
    Optional<AddressField> as) {
  /** Checks the components. */
  public Participant {
    if (requireNonNull(id, "id").isBlank()) {
      throw new IllegalArgumentException("a participant's id must not be blank");
    }
    name = requireNonNull(name, "name").filter(text -> !text.isBlank());
    address = requireNonNull(address, "address").filter(text -> !text.isBlank());
    requireNonNull(role, "role");
    requireNonNull(as, "as");
  }

  /** A participant of whom only this is known. */
  public static Participant of(String id, Role role) {
    return new Participant(id, Optional.empty(), Optional.empty(), role, Optional.empty());
  }

  /** The same participant with that name. */
  public Participant withName(String newName) {
    return new Participant(id, Optional.of(newName), address, role, as);
  }

  /** The same participant with that address. */
  public Participant withAddress(String newAddress) {
    return new Participant(id, name, Optional.of(newAddress), role, as);
  }

  /** The same participant in that role. */
  public Participant withRole(Role newRole) {
    return new Participant(id, name, address, newRole, as);
  }

  /** The same participant in that e-mail header. */
  public Participant withAs(AddressField newAs) {
    return new Participant(id, name, address, role, Optional.of(newAs));
  }

  /** What to call the participant: the name, else the id. */
  public String displayName() {
    return name.orElse(id);
  }
}
