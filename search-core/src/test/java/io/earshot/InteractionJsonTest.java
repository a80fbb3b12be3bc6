package io.earshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InteractionJsonTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void write_smallestInteraction_readsBackEqual() {
    Interaction smallest = Interaction.builder("c-1", Channel.CHAT, NOON).build();

    String json = InteractionJson.write(smallest);

    assertThat(json)
        .isEqualTo(
            "{\"id\":\"c-1\",\"customer\":\"unknown\",\"channel\":\"chat\","
                + "\"startedAt\":\"2026-05-01T12:00:00Z\",\"participants\":[],\"turns\":[]}");
    assertThat(InteractionJson.read(json))
        .isEqualTo(new InteractionJson.Parsed(smallest, List.of()));
  }

  @Test
  void write_everyFieldSet_readsBackEqual() {
    Interaction full = full();

    String json = InteractionJson.write(full);

    assertThat(json).doesNotContain("\n");
    assertThat(InteractionJson.read(json)).isEqualTo(new InteractionJson.Parsed(full, List.of()));
  }

  @Test
  void write_toWriter_leavesItOpen() throws IOException {
    StringWriter out =
        new StringWriter() {
          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };

    InteractionJson.write(full(), out);

    assertThat(out.toString()).isEqualTo(InteractionJson.write(full()));
  }

  @Property(tries = 300)
  void write_anyInteraction_readsBackEqual(@ForAll("interactions") Interaction interaction) {
    String json = InteractionJson.write(interaction);

    assertThat(InteractionJson.read(json))
        .isEqualTo(new InteractionJson.Parsed(interaction, List.of()));
  }

  @Test
  void read_anyCase_channelDirectionRoleAndAs() {
    Interaction read =
        read(
            """
            {"id": "m", "channel": "E-Mail", "direction": "InBound", "startedAt": "2026-05-01t12:00:00z",
             "participants": [{"id": "p", "role": "customer", "as": "Reply_To"}]}
            """);

    assertThat(read.channel()).isEqualTo(new Channel("e-mail"));
    assertThat(read.direction()).contains(Direction.INBOUND);
    assertThat(read.startedAt()).isEqualTo(NOON);
    assertThat(read.participants())
        .containsExactly(Participant.of("p", Role.CUSTOMER).withAs(AddressField.REPLY_TO));
  }

  @Test
  void read_offset_isTheSameInstant() {
    assertThat(read("{'id':'m','channel':'call','startedAt':'2026-05-01T14:00+02:00'}").startedAt())
        .isEqualTo(NOON);
  }

  @Test
  void read_numbersForText_keptAsWritten() {
    Interaction read =
        read(
            "{'id':4512,'customer':[12345678901234567890,'c'],'channel':'call',"
                + "'startedAt':'2026-05-01T12:00:00Z',"
                + "'transcript':{'engine':'vosk','version':1.10},'attributes':{'price':49.90,'paid':true}}");

    assertThat(read.id()).isEqualTo("4512");
    assertThat(read.customers()).containsExactly("12345678901234567890", "c");
    assertThat(read.transcript().orElseThrow().version()).isEqualTo("1.10");
    assertThat(read.attributes()).isEqualTo(Map.of("price", "49.90", "paid", "true"));
  }

  @Test
  void read_wholeNumberWithPoint_accepted() {
    Turn turn = read(withTurn("'startMs':1.5e3,'endMs':2000.0")).turns().getFirst();

    assertThat(turn.startMs()).hasValue(1500);
    assertThat(turn.endMs()).hasValue(2000);
  }

  @Test
  void read_oneTimeOfTurn_otherFollows() {
    assertThat(read(withTurn("'startMs':700")).turns().getFirst().endMs()).hasValue(700);
    assertThat(read(withTurn("'endMs':700")).turns().getFirst().startMs()).hasValue(0);
  }

  @Test
  void read_nullFields_asIfAbsent() {
    InteractionJson.Parsed parsed =
        parsed(
            "{'id':'c','channel':'chat','startedAt':'2026-05-01T12:00:00Z','customer':null,"
                + "'turns':null,'subject':null,'colour':null,'attributes':{'a':null},'source':null}");

    assertThat(parsed.warnings()).isEmpty();
    assertThat(parsed.interaction())
        .isEqualTo(Interaction.builder("c", Channel.CHAT, NOON).build());
  }

  @Test
  void read_unknownFields_keptAsAttributesWithWarning() {
    InteractionJson.Parsed parsed =
        parsed(
            "{'id':'c','channel':'chat','startedAt':'2026-05-01T12:00:00Z','colour':'red',"
                + "'participants':[{'id':'p','mood':3}],"
                + "'turns':[{'participant':'p','text':'hi','likes':[1,2]}],"
                + "'source':{'uri':'a.json','page':{'n':1}},'attributes':{'queue':'sales'}}");

    assertThat(parsed.interaction().attributes())
        .isEqualTo(
            Map.of(
                "colour", "red",
                "participants[0].mood", "3",
                "turns[0].likes", "[1,2]",
                "source.page", "{\"n\":1}",
                "queue", "sales"));
    assertThat(parsed.warnings())
        .containsExactlyInAnyOrder(
            "colour: not a field of an interaction; kept as an attribute",
            "participants[0].mood: not a field of an interaction; kept as an attribute",
            "turns[0].likes: not a field of an interaction; kept as an attribute",
            "source.page: not a field of an interaction; kept as an attribute");
  }

  @Test
  void read_unknownFieldsOfWordsAlternativesAttachments_pathNamesThem() {
    InteractionJson.Parsed parsed =
        parsed(
            "{'id':'c','channel':'call','startedAt':'2026-05-01T12:00:00Z',"
                + "'participants':[{'id':'p'}],"
                + "'turns':[{'participant':'p','words':[{'text':'a','startMs':0,'endMs':1,'x':1,"
                + "'alternatives':[{'text':'b','y':1}]}]}],"
                + "'attachments':[{'name':'a','z':1}],'recording':{'uri':'r','r':1},"
                + "'transcript':{'t':1}}");

    assertThat(parsed.interaction().attributes().keySet())
        .containsExactly(
            "attachments[0].z",
            "recording.r",
            "transcript.t",
            "turns[0].words[0].alternatives[0].y",
            "turns[0].words[0].x");
  }

  @Test
  void read_unknownFieldNamedAsAttribute_attributeStays() {
    InteractionJson.Parsed parsed =
        parsed(
            "{'id':'c','channel':'chat','startedAt':'2026-05-01T12:00:00Z','queue':'top',"
                + "'attributes':{'queue':'inner'}}");

    assertThat(parsed.interaction().attributes()).isEqualTo(Map.of("queue", "inner"));
    assertThat(parsed.warnings())
        .containsExactly(
            "queue: not a field of an interaction; left out, attributes has that name");
  }

  @Test
  void read_turnOfStranger_addedWithWarning() {
    InteractionJson.Parsed parsed =
        parsed(
            "{'id':'c','channel':'chat','startedAt':'2026-05-01T12:00:00Z',"
                + "'turns':[{'participant':'bob','text':'hi'},{'participant':'bob','text':'ho'}]}");

    assertThat(parsed.interaction().participants())
        .containsExactly(Participant.of("bob", Role.OTHER));
    assertThat(parsed.warnings())
        .containsExactly(
            "turns[0].participant: \"bob\" was not among the participants and was added with role"
                + " OTHER");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("{}", "not an interaction: it lacks id, channel, startedAt"),
        Arguments.of(
            "{'id':'c','channel':null}", "not an interaction: it lacks channel, startedAt"),
        Arguments.of("[]", "not an interaction: expected a JSON object"),
        Arguments.of("'hello'", "not an interaction: expected a JSON object"),
        Arguments.of("null", "not an interaction: expected a JSON object"),
        Arguments.of(with("'id':' '"), "an interaction's id must not be blank"),
        Arguments.of(with("'id':{'a':1}"), "id: expected a string, got an object"),
        Arguments.of(
            with("'channel':'e mail'"),
            "a channel's name is 1 to 64 letters, digits, '-' or '_', got \"e mail\""),
        Arguments.of(
            with("'channel':'" + "x".repeat(70) + "'"),
            "a channel's name is 1 to 64 letters, digits, '-' or '_', got 70 characters"),
        Arguments.of(
            with("'startedAt':'yesterday'"),
            "startedAt: expected an instant with its offset, such as 2026-05-01T09:30:00Z, got"
                + " \"yesterday\""),
        Arguments.of(
            with("'startedAt':'2026-05-01T12:00:00'"),
            "startedAt: expected an instant with its offset, such as 2026-05-01T09:30:00Z, got"
                + " \"2026-05-01T12:00:00\""),
        Arguments.of(
            with("'endedAt':1714557000"),
            "endedAt: expected an instant with its offset, such as 2026-05-01T09:30:00Z, got"
                + " \"1714557000\""),
        Arguments.of(
            with("'direction':'sideways'"),
            "direction: expected one of inbound, outbound, internal, got \"sideways\""),
        Arguments.of(
            with("'customer':''"), "an interaction needs a customer, and none may be blank (id=c)"),
        Arguments.of(
            with("'customer':true"), "customer: expected a string or a list of strings, got true"),
        Arguments.of(with("'tags':['a',{}]"), "tags[1]: expected a string, got an object"),
        Arguments.of(with("'tags':[null]"), "tags[0]: expected a string, got null"),
        Arguments.of(with("'attributes':'x'"), "attributes: expected an object, got \"x\""),
        Arguments.of(with("'turns':{}"), "turns: expected a list of objects, got an object"),
        Arguments.of(with("'turns':['hi']"), "turns[0]: expected an object, got \"hi\""),
        Arguments.of(with("'turns':[null]"), "turns[0]: expected an object, got null"),
        Arguments.of(with("'turns':[{}]"), "turns[0].participant: it is missing"),
        Arguments.of(
            with("'turns':[{'participant':''}]"),
            "turns[0]: a turn's participant must not be blank"),
        Arguments.of(
            withTurn("'at':'noon'"),
            "turns[0].at: expected an instant with its offset, such as 2026-05-01T09:30:00Z, got"
                + " \"noon\""),
        Arguments.of(withTurn("'text':['a']"), "turns[0].text: expected a string, got a list"),
        Arguments.of(
            withTurn("'startMs':'0'"), "turns[0].startMs: expected a whole number, got \"0\""),
        Arguments.of(
            withTurn("'startMs':0.5"), "turns[0].startMs: expected a whole number, got 0.5"),
        Arguments.of(
            withTurn("'startMs':1e999999"),
            "turns[0].startMs: expected a whole number, got 1E+999999"),
        Arguments.of(
            withTurn("'startMs':99999999999999999999"),
            "turns[0].startMs: expected a whole number, got 99999999999999999999"),
        Arguments.of(
            withTurn("'startMs':9,'endMs':3"),
            "turns[0]: a turn's times must be 0 <= startMs <= endMs, got 9..3"),
        Arguments.of(
            withTurn("'words':[{'text':'a','startMs':1}]"),
            "turns[0].words[0].endMs: it is missing"),
        Arguments.of(
            withTurn("'words':[{'text':'a','startMs':5,'endMs':1}]"),
            "turns[0].words[0]: a word's times must be 0 <= startMs <= endMs, got 5..1"),
        Arguments.of(
            withTurn("'words':[{'text':'a','startMs':0,'endMs':1,'confidence':1.5}]"),
            "turns[0].words[0]: confidence must be in [0, 1], got 1.5"),
        Arguments.of(
            withTurn("'words':[{'text':'a','startMs':0,'endMs':1,'confidence':'high'}]"),
            "turns[0].words[0].confidence: expected a number, got \"high\""),
        Arguments.of(
            withTurn("'words':[{'text':'a','startMs':0,'endMs':1,'alternatives':[{}]}]"),
            "turns[0].words[0].alternatives[0].text: it is missing"),
        Arguments.of(with("'participants':[{'name':'Ann'}]"), "participants[0].id: it is missing"),
        Arguments.of(
            with("'participants':[{'id':''}]"),
            "participants[0]: a participant's id must not be blank"),
        Arguments.of(
            with("'participants':[{'id':'p','role':'boss'}]"),
            "participants[0].role: expected one of customer, agent, bot, other, got \"boss\""),
        Arguments.of(
            with("'participants':[{'id':'p','as':'x'}]"),
            "participants[0].as: expected one of from, to, cc, bcc, reply_to, got \"x\""),
        Arguments.of(
            with("'attachments':[{'size':-1}]"),
            "attachments[0]: size must not be negative, got -1"),
        Arguments.of(with("'recording':'a.wav'"), "recording: expected an object, got \"a.wav\""),
        Arguments.of(with("'recording':{}"), "recording.uri: it is missing"),
        Arguments.of(
            with("'recording':{'uri':'a','channels':-2}"),
            "recording.channels: expected a number of audio channels, got -2"),
        Arguments.of(
            with("'recording':{'uri':'a','channels':4294967297}"),
            "recording.channels: expected a number of audio channels, got 4294967297"),
        Arguments.of(
            with("'recording':{'uri':'a','durationMs':-1}"),
            "recording: durationMs must not be negative, got -1"),
        Arguments.of(
            with("'recording':{'uri':'a','incomplete':'no'}"),
            "recording.incomplete: expected true or false, got \"no\""),
        Arguments.of(
            with("'transcript':{'coverage':2}"), "transcript: coverage must be in [0, 1], got 2.0"),
        Arguments.of(with("'source':{}"), "source.uri: it is missing"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void read_notAnInteraction_saysWhatAndWhere(String json, String message) {
    assertThatExceptionOfType(InvalidInteractionException.class)
        .isThrownBy(() -> parsed(json))
        .withMessage(message);
  }

  @Test
  void read_longOrWholeValues_stayOutOfTheMessage() {
    String words = "my card number is 4111 1111 1111 1111 and the code is 123";

    assertThatExceptionOfType(InvalidInteractionException.class)
        .isThrownBy(() -> parsed(withTurn("'text':{'a':'" + words + "'}")))
        .withMessage("turns[0].text: expected a string, got an object");
    assertThatExceptionOfType(InvalidInteractionException.class)
        .isThrownBy(() -> parsed(with("'startedAt':'" + "😀".repeat(100) + "'")))
        .withMessageEndingWith("got \"" + "😀".repeat(40) + "...\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "   ", "{", "{'id'", "{'id':}", "{]", "nul", "{} {}", "{'a':1,}", "<xml/>"})
  void read_notJson_saysLineAndColumn(String json) {
    assertThatExceptionOfType(InvalidInteractionException.class)
        .isThrownBy(() -> parsed(json))
        .withMessageMatching("(?s)not JSON: .+ \\(line \\d+, column \\d+\\)");
  }

  @Test
  void read_brokenThirdLine_saysLineThree() {
    assertThatExceptionOfType(InvalidInteractionException.class)
        .isThrownBy(() -> parsed("{\n'id': 'c',\n'channel' 'chat'}"))
        .withMessageContaining("(line 3, column");
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 100_000, 5_000_000})
  void read_nestingBomb_refused(int depth) {
    assertThatExceptionOfType(InvalidInteractionException.class)
        .isThrownBy(() -> InteractionJson.read("[".repeat(depth)))
        .withMessageStartingWith("not JSON: ");
    assertThatExceptionOfType(InvalidInteractionException.class)
        .isThrownBy(() -> InteractionJson.read("{\"a\":".repeat(depth)))
        .withMessageStartingWith("not JSON: ");
  }

  @Test
  void read_textOfTwentyMegabytes_readsBackEqual() {
    String text = "Ünïcode wörds. ".repeat(20 * 1024 * 1024 / 15);
    Interaction interaction =
        Interaction.builder("c", Channel.CHAT, NOON)
            .participants(List.of(Participant.of("p", Role.CUSTOMER)))
            .turns(List.of(Turn.of("p", text)))
            .build();

    assertThat(InteractionJson.read(InteractionJson.write(interaction)).interaction())
        .isEqualTo(interaction);
  }

  @Test
  void read_null_namesTheArgument() {
    assertThatExceptionOfType(NullPointerException.class)
        .isThrownBy(() -> InteractionJson.read(nothing()))
        .withMessage("json");
  }

  @Provide
  Arbitrary<Interaction> interactions() {
    return Arbitraries.randomValue(InteractionJsonTest::random);
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  private static Interaction random(Random random) {
    List<Participant> participants = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      participants.add(
          new Participant(
              "p" + i,
              maybe(random, text(random)).filter(name -> !name.isBlank()),
              maybe(random, "a" + i + "@example.com"),
              one(random, Role.values()),
              maybe(random, one(random, AddressField.values()))));
    }
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < random.nextInt(5); i++) {
      turns.add(turn(random, participants.get(random.nextInt(participants.size())).id()));
    }
    Interaction.Builder builder =
        Interaction.builder(
                "id-" + random.nextLong(), Channel.of(one(random, "call", "sms", "电邮")), at(random))
            .participants(participants)
            .turns(turns);
    if (random.nextBoolean()) {
      builder.customers(List.of("c1", "Ünal")).direction(one(random, Direction.values()));
    }
    if (random.nextBoolean()) {
      builder.endedAt(at(random)).subject(text(random)).thread(text(random)).language("bn");
    }
    if (random.nextBoolean()) {
      builder
          .messageId("m@x")
          .inReplyTo(text(random))
          .references(List.of("a@x", text(random)))
          .tags(List.of(text(random)))
          .attribute(text(random), text(random));
    }
    if (random.nextBoolean()) {
      builder
          .recording(
              new Recording(
                  text(random), random.nextInt(9999), random.nextInt(3), random.nextBoolean()))
          .transcript(new TranscriptInfo("vosk", text(random), "", random.nextDouble()))
          .source(
              new Source(
                  "u", maybe(random, "eml"), maybe(random, "sha256:0"), List.of(text(random))))
          .attachments(
              List.of(
                  new Attachment(
                      text(random),
                      maybe(random, "text/plain"),
                      random.nextBoolean()
                          ? OptionalLong.of(random.nextInt(99))
                          : OptionalLong.empty(),
                      maybe(random, text(random)))));
    }
    return builder.build();
  }

  private static Turn turn(Random random, String participant) {
    Turn.Builder builder = Turn.builder(participant).text(text(random));
    if (random.nextBoolean()) {
      long start = random.nextInt(100_000);
      long end = start + random.nextInt(5_000);
      builder
          .audio(start, end)
          .words(
              List.of(
                  new Word("one", start, end, random.nextDouble()),
                  new Word(
                      text(random),
                      start,
                      end,
                      random.nextFloat(),
                      List.of(new Word.Alternative(text(random), random.nextDouble())))));
    } else {
      builder.at(at(random)).quotedText(text(random)).signature(text(random)).language("en-GB");
    }
    return builder.build();
  }

  private static Instant at(Random random) {
    return Instant.ofEpochSecond(
        random.nextLong(-5_000_000_000L, 250_000_000_000L), random.nextInt(1_000_000_000));
  }

  private static String text(Random random) {
    return one(
            random,
            "refund",
            "",
            " ",
            "\"\\/\b\f\n\r\t\u0000",
            "টাকা ফেরত",
            "返金",
            "😀\u2028",
            "a".repeat(999))
        + one(random, "", "x" + random.nextInt());
  }

  @SafeVarargs
  private static <T> T one(Random random, T... values) {
    return values[random.nextInt(values.length)];
  }

  private static <T> Optional<T> maybe(Random random, T value) {
    return random.nextBoolean() ? Optional.of(value) : Optional.empty();
  }

  /** An interaction with that field, which may replace one of the three that must be there. */
  private static String with(String field) {
    return "{'id':'c','channel':'chat','startedAt':'2026-05-01T12:00:00Z'," + field + "}";
  }

  private static String withTurn(String fields) {
    return with("'participants':[{'id':'p'}],'turns':[{'participant':'p'," + fields + "}]");
  }

  private static Interaction read(String json) {
    return parsed(json).interaction();
  }

  /** Reads JSON whose strings may stand in single quotes. */
  private static InteractionJson.Parsed parsed(String json) {
    return InteractionJson.read(json.contains("\"") ? json : json.replace('\'', '"'));
  }

  private static Interaction full() {
    return Interaction.builder("m-1", Channel.EMAIL, NOON)
        .customers(List.of("c-1", "c-2"))
        .direction(Direction.INBOUND)
        .endedAt(NOON.plusSeconds(60))
        .subject("Refund \"broken\" kettle")
        .thread("kettle")
        .language("en")
        .source(
            new Source("in/a.eml", Optional.of("eml"), Optional.of("sha256:00"), List.of("b.eml")))
        .messageId("a@example.com")
        .inReplyTo("b@example.com")
        .references(List.of("c@example.com", "b@example.com"))
        .recording(new Recording("a.wav", 1234, 2, true))
        .transcript(new TranscriptInfo("vosk", "tiny", "0.3", 0.93))
        .participants(
            List.of(
                new Participant(
                    "p1",
                    Optional.of("Ann"),
                    Optional.of("ann@example.com"),
                    Role.CUSTOMER,
                    Optional.of(AddressField.FROM)),
                Participant.of("p2", Role.AGENT)))
        .turns(
            List.of(
                Turn.builder("p1")
                    .at(NOON)
                    .audio(10, 20)
                    .text("my kettle")
                    .words(
                        List.of(
                            new Word("my", 10, 12, 0.5),
                            new Word(
                                "kettle", 13, 20, 1, List.of(new Word.Alternative("metal", 0.25)))))
                    .language("en-GB")
                    .quotedText("earlier")
                    .signature("Ann")
                    .build(),
                Turn.of("p2", "")))
        .attachments(
            List.of(
                new Attachment(
                    "a.pdf",
                    Optional.of("application/pdf"),
                    OptionalLong.of(9),
                    Optional.of("words")),
                Attachment.of("b")))
        .tags(List.of("refund"))
        .attribute("queue", "billing")
        .build();
  }
}
