package io.earshot.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.earshot.internal.Identifiers.Identifier;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {
  private static List<String> displayed(String text) {
    return Identifiers.in(text).stream().map(Identifier::display).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          My order ORD-2026-4512, please.      | ORD-2026-4512         | ord-2026-4512
          It is 449870.                        | 449870                | 449870
          invoice INV/2026/17!                 | INV/2026/17           | inv/2026/17
          (#4512)                              | 4512                  | 4512
          ab12                                 | ab12                  | ab12
          ticket_00042_b                       | ticket_00042_b        | ticket_00042_b
          302-1234567-1234567                  | 302-1234567-1234567   | 302-1234567-1234567
          12345abc                             | 12345abc              | 12345abc
          SN4512X                              | SN4512X               | sn4512x
          order 449870 in May                  | 449870                | 449870
          Emma.Clarke+x@Example.com.           | Emma.Clarke+x@Example.com | emma.clarke+x@example.com
          mail 4512@shop24.example now         | 4512@shop24.example   | 4512@shop24.example
          call +44 (0)20 7946-0123 now         | +44 (0)20 7946-0123   | +4402079460123
          call 020 7946 0123.                  | 020 7946 0123         | 02079460123
          call (555) 123-4567                  | (555) 123-4567        | 5551234567
          call 555-123-4567 or                 | 555-123-4567          | 5551234567
          \u8ba2\u5355\u53f7449870\u5df2\u7ecf | 449870                | 449870
          to GB29 NWBK 6016 1331 9268 19, ok   | GB29 NWBK 6016 1331 9268 19 | gb29nwbk60161331926819
          DE89 3704 0044 0532 0130 00.         | DE89 3704 0044 0532 0130 00 | de89370400440532013000
          NO93 8601 1117 947 is it             | NO93 8601 1117 947    | no9386011117947
          IBAN NL91ABNA0417164300              | NL91ABNA0417164300    | nl91abna0417164300
          DE89 3704 0044 0532 0130 00 THE END  | DE89 3704 0044 0532 0130 00 | de89370400440532013000
          550e8400-e29b-41d4-a716-446655440000 | 550e8400-e29b-41d4-a716-446655440000 | 550e8400-e29b-41d4-a716-446655440000
          """)
  void in_identifier_foundAsWrittenAndCanonical(String text, String display, String canonical) {
    assertThat(Identifiers.in(text)).containsExactly(new Identifier(display, canonical));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "on 2026-05-17",
        "on 17.05.2026 at 10:30",
        "05/17/2026",
        "01/02/2026",
        "2026/05",
        "17-05-26",
        "at 10:30:15",
        "2026-05-17T10:30:00.123Z",
        "in 2026",
        "in 1999",
        "2025/26",
        "2019-2021",
        "12.50",
        "it was 1.234,56 \u20ac",
        "$1500",
        "1500 \u20ac",
        "1500 euros",
        "10,000",
        "1500%",
        "24/7",
        "10-12 days",
        "100GB",
        "24-hour",
        "10-year-old",
        "covid-19",
        "1080p",
        "10am",
        "30min",
        "https://shop.example/orders/449870?x=1",
        "www.shop4512.example",
        "invoice-2026-4512.pdf",
        "song2026.mp3",
        "a b c",
        "123",
        "@kim",
        "kim@",
        "a@b",
        "10.5.0",
        "12 34 56 78",
        "room 12-14",
        "2026/05",
        "2025-2026",
        "2026/12",
        "1 (1234567 pieces)",
        "10 - 14",
        "0 - 14",
        "2026 / 05",
        "05 / 2026",
        "01 / 05 / 2026",
        "01.05.2026 - 31.05.2026",
        "09 - 17",
        "1,000 - 1,500,000",
        "0.50 - 12.50",
        "0.1234567",
        ""
      })
  void in_merelyDigits_nothing(String text) {
    assertThat(displayed(text)).isEmpty();
  }

  /** Capitals in groups of four that are no IBAN, and one that is too short or too long. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "AB12 CALL NINA NOW",
        "GB29 NWBK ABCD 1331 9268",
        "GB2X NWBK 6016 1331 9268 19",
        "GB29 NWBK 6016 13",
        "XGB29 NWBK 6016 1331 9268 19",
        "GB29 nwbk 6016 1331 9268 19",
        "GB29 1111 2222 3333 4444 5555 6666 7777 8888 9999"
      })
  void in_noIban_isNotTakenAsOne(String text) {
    assertThat(displayed(text)).noneMatch(one -> one.contains(" ") && one.startsWith("GB"));
  }

  /** Neither ranges nor two numbers are one telephone number. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          from 0800 - 1400              | 0800, 1400
          from 00001 - 00100            | 00001, 00100
          from 012345 / 012399          | 012345, 012399
          from 10001 - 10099            | 10001, 10099
          012345 - 123456               | 012345, 123456
          030 901820 / 030 901821       | 030 901820, 030 901821
          030 901820 / 901821           | 030 901820, 901821
          +49 30 901820 / 901821        | +49 30 901820, 901821
          4512 / 0301234                | 4512, 0301234
          """)
  void in_numbersWithASlashOrHyphenBetweenSpaces_eachForItself(String text, String displayed) {
    assertThat(String.join(", ", displayed(text))).isEqualTo(displayed);
  }

  @Test
  void in_severalInOneText_inItsOrder() {
    assertThat(displayed("ORD-1001 and ORD-1002: kim@example.com, +49 30 1234567"))
        .containsExactly("ORD-1001", "ORD-1002", "kim@example.com", "+49 30 1234567");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1-",
        "a",
        "1",
        "a@",
        "a.",
        "+1",
        "(1",
        "1 ",
        "1@a.",
        "A1-",
        "a1@b.c ",
        "0 1",
        "-",
        "a.-",
        "01-1_",
        "GB29 ",
        "GB29 NWBK ",
        "GB29 NWBK 6016 "
      })
  void in_hostileText_timeIsLinear(String part) {
    String text = part.repeat(1_000_000 / part.length());

    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Identifiers.in(text));
  }

  @Test
  void telephoneDigits_onlyOfATelephoneNumber() {
    assertThat(Identifiers.telephoneDigits("+44 20 7946 0123")).contains("442079460123");
    assertThat(Identifiers.telephoneDigits("tel:+442079460123")).contains("442079460123");
    assertThat(Identifiers.telephoneDigits("Kim 442079460123")).isEmpty();
    assertThat(Identifiers.telephoneDigits("4512")).isEmpty();
  }
}
