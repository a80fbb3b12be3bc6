package io.earshot.indexers;

import io.earshot.Interaction;
import io.earshot.Participant;
import io.earshot.Role;
import java.util.List;
import java.util.Optional;

/** Takes a customer's normalised address for their id. */
final class AddressResolver implements IdentityResolver {
  @Override
  public Interaction resolve(Interaction interaction) {
    if (!isUnknown(interaction)) {
      return interaction;
    }
    List<String> customers =
        interaction.participants().stream()
            .filter(participant -> participant.role() == Role.CUSTOMER)
            .map(Participant::address)
            .flatMap(Optional::stream)
            .map(Addresses::normalised)
            .filter(address -> !address.isBlank())
            .distinct()
            .toList();
    return customers.isEmpty() ? interaction : interaction.toBuilder().customers(customers).build();
  }

  static boolean isUnknown(Interaction interaction) {
    return interaction.customers().equals(List.of(Interaction.UNKNOWN_CUSTOMER));
  }
}
