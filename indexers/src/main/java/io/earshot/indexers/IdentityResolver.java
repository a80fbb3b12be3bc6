package io.earshot.indexers;

import static java.util.Objects.requireNonNull;

import io.earshot.Interaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds the customers of an interaction from those who took part in it.
 *
 * <p>Implementations are thread-safe, and give the same answer for the same interaction. Those made
 * here leave the customers of an interaction that has any, and leave one that they cannot place as
 * it is: its customer stays {@value io.earshot.Interaction#UNKNOWN_CUSTOMER}.
 */
@FunctionalInterface
public interface IdentityResolver {
  /** The same interaction with its customers, and the roles and direction that follow from them. */
  Interaction resolve(Interaction interaction);

  /** Leaves every interaction as it is. */
  static IdentityResolver none() {
    return interaction -> interaction;
  }

  /**
   * By a CSV file with the header {@code address,customer}: mail addresses, phone numbers, handles
   * and chat names, each with the customer's id. One address may stand for several customers.
   *
   * <p>Mail addresses and names are compared without regard to case, phone numbers by their digits.
   * A participant's address is looked up first, then the id, and, on every channel but e-mail,
   * where anybody may call themselves anything, the name. Agents and bots are never looked up. Who
   * is found gets the role CUSTOMER; an e-mail without a direction is INBOUND if the sender is a
   * customer, OUTBOUND if a recipient is. Nothing is concluded about anybody else.
   *
   * <p>The file is read once, into memory.
   *
   * @throws IOException if the file cannot be read or a line is broken; names the line
   */
  static IdentityResolver csv(Path file) throws IOException {
    return CustomerDirectory.read(requireNonNull(file, "file"));
  }

  /**
   * By address: a participant whose role is CUSTOMER and whose address is known is the customer of
   * that name, a mail address in lower case or a phone number's digits.
   */
  static IdentityResolver byAddress() {
    return new AddressResolver();
  }

  /** One after the other; each sees what the one before it found. */
  static IdentityResolver chain(List<IdentityResolver> resolvers) {
    List<IdentityResolver> copy = List.copyOf(resolvers);
    return interaction -> {
      Interaction resolved = interaction;
      for (IdentityResolver resolver : copy) {
        resolved = resolver.resolve(resolved);
      }
      return resolved;
    };
  }
}
