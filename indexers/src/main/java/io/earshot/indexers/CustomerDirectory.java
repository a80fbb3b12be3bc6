package io.earshot.indexers;

import io.earshot.AddressField;
import io.earshot.Channel;
import io.earshot.Direction;
import io.earshot.Interaction;
import io.earshot.Participant;
import io.earshot.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Which customers have which address, from a CSV file. Immutable. */
final class CustomerDirectory implements IdentityResolver {
  private static final List<String> HEADER = List.of("address", "customer");

  private final Map<String, Set<String>> customers;

  private CustomerDirectory(Map<String, Set<String>> customers) {
    this.customers = customers;
  }

  static CustomerDirectory read(Path file) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).setTrim(true).get();
    Map<String, Set<String>> customers = new HashMap<>();
    long line = 1;
    try (Reader text =
            new InputStreamReader(
                CsvFiles.withoutMark(Files.newInputStream(file)), StandardCharsets.UTF_8);
        CSVParser csv = format.parse(text)) {
      boolean header = true;
      for (CSVRecord record : csv) {
        line = csv.getCurrentLineNumber();
        if (header) {
          checkHeader(record, file);
          header = false;
        } else {
          add(record, file, line, customers);
        }
      }
      if (header) {
        throw broken("it is empty", file, 1);
      }
    } catch (UncheckedIOException e) {
      throw broken("a quoted value does not end", file, line + 1, e);
    }
    return new CustomerDirectory(customers);
  }

  /** Whether a file begins as a customers CSV does: it lies beside what it belongs to. */
  static boolean looksLikeOne(Path file) throws IOException {
    String header = String.join(",", HEADER) + "\n";
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      return false;
    }
    try (InputStream in = CsvFiles.withoutMark(Files.newInputStream(file))) {
      String begin = new String(in.readNBytes(header.length() + 1), StandardCharsets.ISO_8859_1);
      return begin.replace("\r", "").toLowerCase(Locale.ROOT).startsWith(header);
    }
  }

  private static void checkHeader(CSVRecord record, Path file) throws IOException {
    List<String> names = record.toList().stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
    if (!names.equals(HEADER)) {
      throw broken("the first line is not the header", file, 1);
    }
  }

  private static void add(
      CSVRecord record, Path file, long line, Map<String, Set<String>> customers)
      throws IOException {
    if (record.size() != 2) {
      throw broken("%d values where 2 belong".formatted(record.size()), file, line);
    }
    String address = Addresses.normalised(record.get(0));
    String customer = record.get(1);
    if (address.isBlank() || customer.isBlank()) {
      throw broken("a value is empty", file, line);
    }
    customers.computeIfAbsent(address, key -> new LinkedHashSet<>()).add(customer);
  }

  private static IOException broken(String what, Path file, long line) {
    return broken(what, file, line, null);
  }

  private static IOException broken(String what, Path file, long line, @Nullable Throwable cause) {
    return new IOException(Problems.BROKEN_CUSTOMERS.formatted(what, file, line), cause);
  }

  @Override
  public Interaction resolve(Interaction interaction) {
    boolean unknown = AddressResolver.isUnknown(interaction);
    Set<String> found = new LinkedHashSet<>();
    List<Participant> participants = new ArrayList<>();
    for (Participant participant : interaction.participants()) {
      Set<String> customersOf = lookUp(participant, interaction.channel());
      boolean theirs =
          unknown
              ? !customersOf.isEmpty()
              : customersOf.stream().anyMatch(interaction.customers()::contains);
      found.addAll(customersOf);
      participants.add(theirs ? participant.withRole(Role.CUSTOMER) : participant);
    }
    if (found.isEmpty()) {
      return interaction;
    }
    Interaction.Builder builder = interaction.toBuilder().participants(participants);
    if (unknown) {
      builder.customers(List.copyOf(found));
    }
    if (interaction.direction().isEmpty() && interaction.channel().equals(Channel.EMAIL)) {
      direction(participants).ifPresent(builder::direction);
    }
    return builder.build();
  }

  private Set<String> lookUp(Participant participant, Channel channel) {
    if (participant.role() == Role.AGENT || participant.role() == Role.BOT) {
      return Set.of();
    }
    Set<String> found = participant.address().map(this::customersOf).orElse(Set.of());
    if (found.isEmpty()) {
      found = customersOf(participant.id());
    }
    if (found.isEmpty() && !channel.equals(Channel.EMAIL)) {
      found = participant.name().map(this::customersOf).orElse(Set.of());
    }
    return found;
  }

  private Set<String> customersOf(String address) {
    return customers.getOrDefault(Addresses.normalised(address), Set.of());
  }

  private static Optional<Direction> direction(List<Participant> participants) {
    boolean sent = false;
    boolean received = false;
    for (Participant participant : participants) {
      if (participant.role() == Role.CUSTOMER) {
        AddressField as = participant.as().orElse(AddressField.REPLY_TO);
        sent |= as == AddressField.FROM;
        received |= as != AddressField.FROM && as != AddressField.REPLY_TO;
      }
    }
    if (sent) {
      return Optional.of(Direction.INBOUND);
    }
    return received ? Optional.of(Direction.OUTBOUND) : Optional.empty();
  }
}
