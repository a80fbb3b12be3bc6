package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.chat;
import static io.earshot.Samples.ids;
import static io.earshot.Samples.marked;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Identifiers are found however they are typed and written, and nothing else is. */
class IdentifierSearchTest {
  private InteractionIndex index;

  @BeforeEach
  void openIndex() {
    index = InteractionIndex.builder().inMemory().open();
  }

  @AfterEach
  void closeIndex() {
    index.close();
  }

  private SearchResult search(String query) {
    return index.customer("c-1").search(SearchRequest.builder(query).relaxing(false).build());
  }

  private void assertFound(String text, String query, boolean expected) {
    index.add(chat("1", "c-1", MAY, "hello", text));

    SearchResult result = search(query);

    assertThat(ids(result)).isEqualTo(expected ? List.of("1") : List.of());
    assertThat(result.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          4512                        | 4512
          ord 2026 4512               | ORD-2026-4512
          ORD20264512                 | ORD-2026-4512
          ord-2026                    | ORD-2026-4512
          2026-4512                   | ORD-2026-4512
          20264512                    | ORD-2026-4512
          #4512                       | 4512
          ORD/2026/4512               | ORD-2026-4512
          ORD_2026_4512               | ORD-2026-4512
          ord2026-4512                | ORD-2026-4512
          """)
  void search_orderNumber_foundAndMarkedHoweverItIsTyped(String query, String mark) {
    index.add(chat("1", "c-1", MAY, "hello", "It is about my order, ORD-2026-4512."));

    assertThat(search(query).hits()).hasSize(1);
    assertThat(marked(search(query).hits().getFirst().passages().getFirst())).contains(mark);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Order ORD-2026-4512.            | 451
          Order ORD-2026-4512.            | 512
          Order ORD-2026-4512.            | 64512
          Order ORD-2026-4512.            | 264512
          Order ORD-2026-4512.            | 45123
          Order ORD-2026-4512.            | ORD-2026-451
          Order ORD-2026-4512.            | ORD-2025-4512
          Order ORD-2026-4512.            | ord2026451
          Order ORD-2026-4512.            | 4512-2026
          Order ORD-2026-4512.            | D-2026-4512
          302-1234567-1234567             | 71234567
          Call 555 0134 now.              | 0135
          Call +1 (202) 555-0134          | +1 303 555 0134
          Call +44 7700 900112            | 07701 900112
          Call 07700 900112               | 07700 900113
          GB29 NWBK 6016 1331 9268 19     | GB29 NWBK 6016 1331 9268 18
          Error 0x80070057                | 0x80070058
          Error E-1042                    | E-104
          We paid 45 12 times             | 4512
          num\u00e9ro: 06 12 34 56 78    | 1234.56
          num\u00e9ro: 06 12 34 56 78    | \u00a31,234.56
          num\u00e9ro: 06 12 34 56 78    | 12.34
          Order ORD-1234                  | 12:34
          model AB 12 3456 78             | 1234.56
          model AB 12 3456 78             | 1.234,56
          call 0912 345 6789              | 1234567.89
          call 0912 345 6789              | 345 67.89
          Order ORD-20260517              | 2026-05-17
          Order 17052026                  | 17.05.2026
          Call 555 0134 now.              | on 5550 134
          On 2026-05-17 it was 20260      | 20260517
          kim.doe@example.com             | kim.roe@example.com
          kim.doe@example.com             | doe.kim
          """)
  void search_otherIdentifier_notFound(String text, String query) {
    assertFound(text, query, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          +1 (202) 555-0134       | 555 0134
          +1 (202) 555-0134       | 555-01-34
          +1 (202) 555-0134       | 2025550134
          +1 (202) 555-0134       | +12025550134
          +1 (202) 555-0134       | 0134
          +1 (202) 555-0134       | (202) 555-0134
          +1 (202) 555-0134       | 202.555.0134
          +1 (202) 555-0134       | 001 202 555 0134
          +1 (202) 555-0134       | 1 202 5550134
          (202) 555-0134          | +1 202 555 0134
          202-555-0134            | +12025550134
          +44 7700 900112         | 07700 900112
          +44 7700 900112         | 07700900112
          +44 7700 900112         | 0044 7700 900112
          +44 7700 900112         | 900112
          +44 7700 900112         | 900 112
          +44 7700 900112         | +44 (0) 7700 900112
          +44 7700 900112         | 447700900112
          +44 (0)7700 900112      | 07700 900112
          +44 (0)7700 900112      | +44 7700 900112
          +447700900112           | 07700 900112
          07700 900112            | +44 7700 900112
          07700 900112            | +447700900112
          07700 900112            | 0044 7700 900112
          07700900112             | +44 7700 900112
          07700900112             | 900112
          0044 7700 900112        | 07700 900112
          +49 30 23125 123        | 030 23125123
          +49 30 23125 123        | 030/23125-123
          +49 30 23125 123        | 03023125123
          +49 30 23125 123        | 0049 30 23125123
          +49 30 23125 123        | 23125 123
          030/23125-123           | +49 30 23125 123
          030 23125123            | +493023125123
          +49 (0)30 23125-123     | 030 23125 123
          +353 1 234 5678         | 01 2345678
          030 / 901820            | 030901820
          030 / 901820            | +4930901820
          030 / 901820            | 030/901820
          030 \u2013 901821       | 030901821
          030 - 901823            | +4930901823
          0 42 21 / 12 34 56      | 04221123456
          0 42 21 / 12 34 56      | +49 4221 123456
          +49 4221 / 123456       | 04221123456
          06 12 34 56 78          | 06.12.34.56.78
          06 12 34 56 78          | 06.12 34.56.78
          202-555-0134            | 202.5550134
          on +1 (202) 555-0134    | on 5550 134
          at 0800 5550134         | at 08005 550 134
          """)
  void search_telephoneNumber_foundInAnyGroups(String written, String typed) {
    assertFound("Call " + written + ", please.", typed, true);
    assertFound(written, typed, true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GB29 NWBK 6016 1331 9268 19            | GB29NWBK60161331926819
          GB29 NWBK 6016 1331 9268 19            | gb29 nwbk 6016 1331 9268 19
          GB29 NWBK 6016 1331 9268 19            | 9268 19
          GB29 NWBK 6016 1331 9268 19            | 926819
          GB29 NWBK 6016 1331 9268 19            | 1331926819
          GB29NWBK60161331926819                 | GB29 NWBK 6016 1331 9268 19
          GB29NWBK60161331926819                 | 926819
          GB29NWBK60161331926819                 | 9268 19
          DE89 3704 0044 0532 0130 00            | DE89370400440532013000
          DE89 3704 0044 0532 0130 00            | 013000
          DE89370400440532013000                 | DE89 3704 0044 0532 0130 00
          kim.doe@example.com                    | kim.doe@example.com
          kim.doe@example.com                    | KIM.DOE@EXAMPLE.COM
          kim.doe@example.com                    | kim.doe
          kim.doe@example.com                    | doe
          kim.doe@example.com                    | example.com
          kim.doe@example.com                    | @example.com
          order4512@example.com                  | order4512
          https://www.shop.example/orders/4512?x=1  | https://www.shop.example/orders/4512?x=1
          https://www.shop.example/orders/4512?x=1  | shop.example
          https://www.shop.example/orders/4512?x=1  | www.shop.example/orders
          https://www.shop.example/orders/4512?x=1  | orders/4512
          https://www.shop.example/orders/4512?x=1  | orders
          https://www.shop.example/orders/4512?x=1  | 4512
          0x80070057                             | 0x80070057
          0x80070057                             | 0X80070057
          E-1042                                 | e1042
          E-1042                                 | E 1042
          E-1042                                 | 1042
          E1042                                  | e-1042
          ERR_SYNC_TIMEOUT                       | sync timeout
          ERR_SYNC_TIMEOUT                       | err_sync
          ERR_SYNC_TIMEOUT                       | ERR-SYNC-TIMEOUT
          KTL-500/B-2                            | ktl500b2
          KTL-500/B-2                            | KTL 500
          KTL-500/B-2                            | ktl500
          SN: 4CE0460D0G                         | 4ce0460d0g
          S/N 4CE0460D0G                         | 4CE-0460-D0G
          302-1234567-1234567                    | 30212345671234567
          550e8400-e29b-41d4-a716-446655440000   | 550e8400e29b41d4a716446655440000
          550e8400-e29b-41d4-a716-446655440000   | 446655440000
          INV 2026 00187                         | 00187
          INV 030 901820                         | inv030901820
          2026/0815                              | 20260815
          2026-007                               | 2026007
          1Z999AA10123456784                     | 1Z 999 AA1 01 2345 6784
          10.0.0.1                               | 10.0.0.1
          """)
  void search_otherIdentifiers_foundWholeAndInPart(String written, String typed) {
    assertFound("Here it is: " + written + ", thanks.", typed, true);
    assertFound(written, typed, true);
  }

  /** Word processors and telephones put other hyphens and spaces, and other scripts' digits. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AAA\u20102026\u20107103                   | AAA20267103
          AAA\u20112026\u20117103                   | AAA20267103
          AAA\u20132026\u20137103                   | AAA20267103
          AAA\u22122026\u22127103                   | AAA20267103
          AAA\uff0d2026\uff0d7103                   | AAA20267103
          AAA-2026-7103                             | AAA\u20112026\u20117103
          0151\u20112345678                         | 01512345678
          0171\u202f55\u00a050\u2009199              | 01715550199
          \uff10\uff19\uff10\uff0d\uff11\uff12\uff13\uff14\uff0d\uff15\uff16\uff17\uff18 | 09012345678
          \uff2f\uff32\uff24\uff0d\uff12\uff10\uff12\uff16\uff0d\uff18\uff10\uff10\uff11 | ORD20268001
          \u0660\u0665\u0665-\u0661\u0662\u0663-\u0664\u0665\u0666\u0667 | 0551234567
          \u06f0\u06f9\u06f1\u06f2-\u06f3\u06f4\u06f5-\u06f6\u06f7\u06f8\u06f9 | 09123456789
          \u0660\u0665\u0665\u0668\u0668\u0668\u0664\u0665\u0666\u0667     | 4567
          \u096b\u096b\u096b\u0967\u0968\u0969\u096e\u096e                 | 12388
          \u09ed\u09ed\u09ee\u09ee\u09ef\u09ef\u09e6\u09e6                 | 9900
          \u06f4\u06f5\u06f1\u06f2\u06f8\u06f8\u06f9\u06f0                 | 8890
          """)
  void search_identifierInOtherSigns_found(String written, String typed) {
    assertFound("It is " + written + " x", typed, true);
    assertFound(written, typed, true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10\u201314 days                           | 1014
          1000\u20131500                            | 10001500
          2025\u20112026                            | 20252026
          2026\u201105\u201117                       | 20260517
          \u0662\u0660\u0662\u0666-\u0660\u0665-\u0661\u0667 | 20260517
          4512\u2014200199                          | 4512200199
          \u0660\u0665\u0665\u0668\u0668\u0668\u0664\u0665\u0666\u0667     | 567
          """)
  void search_noIdentifierInOtherSigns_notFound(String written, String typed) {
    assertFound("It is " + written + " x", typed, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          XY-6001,XY-6002,XY-6003             | XY6002        | true
          XY-6001,XY-6002,XY-6003             | XY6003        | true
          ORD-2026-6101,ORD-2026-6102         | ORD20266101   | true
          ORD-2026-6101,ORD-2026-6102         | ORD20266102   | true
          100234,100235 and 200111,200112     | 100234        | true
          100234,100235 and 200111,200112     | 100235        | true
          100234,100235 and 200111,200112     | 0235          | true
          100234,100235 and 200111,200112     | 200112        | true
          100234,100235 and 200111,200112     | 100234,100235 | true
          100234;100235;100236                | 100235        | true
          100234,100235 and 200111,200112     | 100234100235  | false
          1,234,567                           | 1,234,567     | true
          1,234,567                           | 4567          | false
          1,234,567                           | 567           | false
          12345,67                            | 12345         | false
          0,12345                             | 12345         | false
          """)
  void search_listWithoutSpaces_eachIdentifierFoundAndNoPartOfANumber(
      String list, String query, boolean expected) {
    assertFound("orders " + list + " please", query, expected);
  }

  @Test
  void search_numberInAListWithoutSpaces_marksItAlone() {
    index.add(chat("1", "c-1", MAY, "hello", "orders 100234,100235,100236 please"));

    assertThat(marked(search("100235").hits().getFirst().passages().getFirst()))
        .containsExactly("100235");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Call +44 7700 900112, please.           | 07700 900112     | 44 7700 900112
          Call 07700900112, please.               | +44 7700 900112  | 07700900112
          The IBAN is GB29 NWBK 6016 1331 9268 19 | GB29NWBK60161331926819 | GB29 NWBK 6016 1331 9268 19
          Order ORD-2026-4512.                    | ORD20264512      | ORD-2026-4512
          Order ORD-2026-4512.                    | 4512             | 4512
          IBAN DE89 3704 0044 0532 0130 00 please | 3000             | DE89 3704 0044 0532 0130 00
          Call 8 (916) 123-45-67, please.         | 9161234567       | 8 (916) 123-45-67
          Call 8 (916) 123-45-67, please.         | +7 916 1234567   | 8 (916) 123-45-67
          """)
  void search_identifier_marksItWhole(String text, String query, String mark) {
    index.add(chat("1", "c-1", MAY, "hello", text));

    Passage passage = search(query).hits().getFirst().passages().getFirst();

    assertThat(marked(passage)).containsExactly(mark);
    assertThat(passage.source()).isEqualTo(PassageSource.TURN);
    assertThat(passage.speaker()).contains("Nina Kraus");
    assertThat(passage.at()).isEqualTo(MAY.plusSeconds(60));
  }

  @Test
  void search_identifierInACall_momentIsFromItsFirstWordToItsLast() {
    index.add(Samples.call("1", "c-1", MAY, "so hello", "it is ORD 2026 4512 you know"));
    index.add(Samples.call("2", "c-1", MAY, "so hello", "call +44 7700 900112 please"));

    Passage passage = search("07700 900112").hits().getFirst().passages().getFirst();

    assertThat(marked(passage)).containsExactly("44 7700 900112");
    assertThat(passage.audioStartMs()).isEqualTo(OptionalLong.of(2_300));
    assertThat(passage.audioEndMs()).isEqualTo(OptionalLong.of(2_590));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "order ORD-2026-4512"                 | true
          "ORD-2026-4512 has arrived"           | true
          "ORD 2026 4512"                       | true
          "ORD-2026-4512 was"                   | false
          "ORD20264512"                         | true
          ORD20264512 NEAR/3 arrived            | true
          ORD20264512 NEAR/0 order              | true
          order NEAR/0 ORD-2026-4512            | true
          arrived NEAR/1 ORD-2026-4512          | true
          arrived NEAR/0 ORD-2026-4512          | false
          turn:(ORD20264512 arrived)            | true
          subject:ORD20264512                   | false
          said-by:agent ORD20264512             | true
          said-by:customer ORD20264512          | false
          hello -ORD20264512                    | false
          hello -ORD-2026-4512                  | false
          hello -4512                           | false
          hello -"2026 4512"                    | false
          hello -ORD20264513                    | true
          hello -64512                          | true
          ORD-2026-45*                          | true
          """)
  void search_identifierInOperators_asAnyWord(String query, boolean found) {
    assertFound("Your order ORD-2026-4512 has arrived.", query, found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          My order ORD-2026-4512 has not arrived  | "order ORD20264512"                | true
          My order ORD-2026-4512 has not arrived  | "my orders ORD2026-4512"           | true
          My order ORD-2026-4512 has not arrived  | "order ORD-2026-4512 has not"      | true
          My order ORD-2026-4512 has not arrived  | "order ORD20264513"                | false
          My order ORD-2026-4512 has not arrived  | "my ORD20264512"                   | false
          My order ORD-2026-4512 has not arrived  | "ORD20264512 order"                | false
          My order ORD20264512 has not arrived    | "order ORD-2026-4512 has not"      | true
          My order ORD20264512 has not arrived    | "ORD-2026-4512 has"                | true
          My order ORD20264512 has not arrived    | "ORD-2026-4512 not"                | false
          My ref ABX20267777 has arrived          | "ref ABX-2026-7777"                | true
          My ref ABX20267777 has arrived          | "ref ABX-2026-7778"                | false
          My number is 0171 5550199               | "number is 01715550199"            | true
          My number is 0171 5550199               | "number is +49 171 5550199"        | true
          My number is 0171 5550199               | "number was 01715550199"           | false
          From ABX20267777 to ORD20264512 it is   | "ABX-2026-7777 to ORD-2026-4512 it" | true
          From ABX20267777 to ORD20264512 it is   | "ORD-2026-4512 to ABX-2026-7777"   | false
          """)
  void search_identifierInAPhrase_foundHoweverItIsTyped(
      String text, String query, boolean expected) {
    assertFound(text, query, expected);
  }

  @Test
  void search_piecesOfIdentifiers_doNotOutrankWords() {
    index.add(
        chat(
            "pieces",
            "c-1",
            MAY.plusSeconds(60),
            "www.shop.example.com www.a.example.com www.b.example.com 2026 2026-01-02 2026-02-03"));
    index.add(chat("word", "c-1", MAY, "the kettle from the shop is broken and that is that"));

    for (String piece : List.of("com", "www", "2026", "https")) {
      assertThat(ids(search(piece + " OR kettle"))).as(piece).startsWith("word");
    }
  }

  @Test
  void search_wholeIdentifier_comesBeforeWhatHasItsWordsApart() {
    index.add(chat("apart", "c-1", MAY.plusSeconds(60), "555 of them, not 0134 or 555 or 0134"));
    index.add(chat("whole", "c-1", MAY, "My number is +1 (202) 555-0134 if you need it at all."));

    assertThat(ids(search("555 0134"))).containsExactly("whole", "apart");
  }

  @ParameterizedTest
  @CsvSource({
    "callback 5550 134, callback",
    "please refund gb29nwbk 6016 1331926 819, please|refund",
    "the giraffe bought ord20 264512, the|giraffe|bought"
  })
  void search_identifierGroupedOtherwiseBesideWordsThatAreNotThere_isFound(
      String query, String lacking) {
    index.add(chat("phone", "c-1", MAY, "hello", "My number is 555-0134."));
    index.add(chat("iban", "c-1", MAY, "hello", "Into GB29 NWBK 6016 1331 9268 19, thanks."));
    index.add(chat("order", "c-1", MAY, "hello", "Order ORD-2026-4512."));

    SearchResult result = index.customer("c-1").search(query);

    Hit found = Stream.concat(result.hits().stream(), result.closeHits().stream()).toList().get(0);
    assertThat(found.lacks()).containsExactly(lacking.split("\\|"));
    assertThat(marked(found.passages().getFirst()).getFirst()).containsPattern("[0-9]");
  }

  @Test
  void search_identifierGroupedOtherwiseBesideManyWordsThatAreNotThere_isTheOnlyHit() {
    index.add(chat("phone", "c-1", MAY, "hello", "My number is 555-0134."));
    index.add(chat("other", "c-1", MAY, "hello", "It was 134 in all."));

    SearchResult result = index.customer("c-1").search("giraffe wants zebra back at 5550 134");

    assertThat(result.relaxed()).isTrue();
    assertThat(ids(result)).containsExactly("phone");
  }
}
