package io.earshot.indexers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.AddressField;
import io.earshot.Channel;
import io.earshot.Direction;
import io.earshot.Interaction;
import io.earshot.Participant;
import io.earshot.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityResolverTest {
  @TempDir Path folder;

  private IdentityResolver csv(String... lines) throws IOException {
    return IdentityResolver.csv(
        Files.writeString(folder.resolve("customers.csv"), String.join("\n", lines)));
  }

  private static Interaction of(Channel channel, Participant... participants) {
    return Interaction.builder("i", channel, Instant.EPOCH)
        .participants(List.of(participants))
        .build();
  }

  private static Participant mail(String address, AddressField as) {
    return Participant.of(address, Role.OTHER).withAddress(address).withAs(as);
  }

  @ParameterizedTest
  @CsvSource({
    " Ann@Example.ORG ,ann@example.org",
    "mailto:ann@example.org,ann@example.org",
    "+44 (0)1632-960 001,+441632960001",
    "0044 1632 960001,+441632960001",
    "tel:01632 960001,01632960001",
    "(+44) 1632-960 001,+441632960001",
    "@Ann  K,@ann k",
    "4711,4711"
  })
  void normalised_waysOfWritingOneAddress_areEqual(String written, String expected) {
    assertThat(Addresses.normalised(written)).isEqualTo(expected);
  }

  @Property
  void normalised_twice_isTheSame(@ForAll String address) {
    String once = Addresses.normalised(address);

    assertThat(Addresses.normalised(once)).isEqualTo(once);
  }

  @Test
  void csv_sender_isTheCustomerAndTheMailInbound() throws IOException {
    Interaction mail =
        of(
            Channel.EMAIL,
            mail("ANN@example.org", AddressField.FROM),
            mail("help@shop.test", AddressField.TO));

    Interaction resolved = csv("address,customer", "ann@example.org,c-42").resolve(mail);

    assertThat(resolved.customers()).containsExactly("c-42");
    assertThat(resolved.direction()).contains(Direction.INBOUND);
    assertThat(resolved.participants())
        .extracting(Participant::role)
        .containsExactly(Role.CUSTOMER, Role.OTHER);
  }

  @Test
  void csv_recipients_areTheCustomersAndTheMailOutbound() throws IOException {
    Interaction mail =
        of(
            Channel.EMAIL,
            mail("help@shop.test", AddressField.FROM),
            mail("ann@example.org", AddressField.TO),
            mail("ben@example.org", AddressField.CC));

    Interaction resolved =
        csv("\uFEFFAddress,Customer", "ben@example.org,c-2", "", "\"ann@example.org\",c-1")
            .resolve(mail);

    assertThat(resolved.customers()).containsExactly("c-1", "c-2");
    assertThat(resolved.direction()).contains(Direction.OUTBOUND);
  }

  @Test
  void csv_chatName_isFoundButNoMailsDisplayName() throws IOException {
    IdentityResolver resolver = csv("address,customer", "Ann K,c-42");
    Participant named = Participant.of("ann k", Role.OTHER);
    Participant spoofed = mail("x@evil.test", AddressField.FROM).withName("Ann K");

    assertThat(resolver.resolve(of(Channel.CHAT, named)).customers()).containsExactly("c-42");
    assertThat(resolver.resolve(of(Channel.CHAT, named)).direction()).isEmpty();
    assertThat(resolver.resolve(of(Channel.EMAIL, spoofed)).customers())
        .containsExactly(Interaction.UNKNOWN_CUSTOMER);
  }

  @Test
  void csv_agents_areNoCustomers() throws IOException {
    Interaction chat = of(Channel.CHAT, Participant.of("Ann", Role.AGENT));

    assertThat(csv("address,customer", "Ann,c-42").resolve(chat)).isEqualTo(chat);
  }

  @Test
  void csv_customerKnown_isKept() throws IOException {
    Interaction mail = of(Channel.EMAIL, mail("ann@example.org", AddressField.FROM));
    IdentityResolver resolver = csv("address,customer", "ann@example.org,c-42");

    assertThat(resolver.resolve(mail.withCustomer("c-1"))).isEqualTo(mail.withCustomer("c-1"));
    assertThat(resolver.resolve(mail.withCustomer("c-42")).direction()).contains(Direction.INBOUND);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'mail,id\na,b'| line=1",
        "''| line=1",
        "'address,customer\na@b.c,c-1\na@b.c'| line=3",
        "'address,customer\n,c-1'| line=2",
        "'address,customer\n\n\na,b,c'| line=4",
        "'address,customer\na,\"b'| line=",
      })
  void csv_broken_namesTheLine(String text, String where) {
    assertThatThrownBy(() -> csv(text))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("EARSHOT-380: the customers CSV cannot be used")
        .hasMessageContaining("customers.csv, " + where);
  }

  @Test
  void byAddress_customersOnly() {
    Interaction call =
        of(
            Channel.CALL,
            Participant.of("a", Role.AGENT).withAddress("+44 1"),
            Participant.of("c", Role.CUSTOMER).withAddress("+44 1632 960 001"));

    assertThat(IdentityResolver.byAddress().resolve(call).customers())
        .containsExactly("+441632960001");
    assertThat(IdentityResolver.byAddress().resolve(call.withCustomer("c-1")).customers())
        .containsExactly("c-1");
  }

  @Test
  void chain_firstThatKnows_decides() throws IOException {
    IdentityResolver chain =
        IdentityResolver.chain(
            List.of(csv("address,customer", "ann@example.org,c-42"), IdentityResolver.byAddress()));
    Participant ann = Participant.of("a", Role.CUSTOMER).withAddress("ann@example.org");
    Participant ben = Participant.of("b", Role.CUSTOMER).withAddress("Ben@example.org");

    assertThat(chain.resolve(of(Channel.CHAT, ann)).customers()).containsExactly("c-42");
    assertThat(chain.resolve(of(Channel.CHAT, ben)).customers()).containsExactly("ben@example.org");
    assertThat(chain.resolve(of(Channel.CHAT)).customers())
        .containsExactly(Interaction.UNKNOWN_CUSTOMER);
  }
}
