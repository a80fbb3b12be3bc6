package io.earshot.benchmarks;

import io.earshot.AddressField;
import io.earshot.Channel;
import io.earshot.Direction;
import io.earshot.Interaction;
import io.earshot.Participant;
import io.earshot.Role;
import io.earshot.Turn;
import io.earshot.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What one generated customer wrote and said.
 *
 * <p>Each interaction depends on the customer's id and its own number alone, so a customer has the
 * same history in a corpus of any size. Of ten, two are calls with word times, four are mails (half
 * of those that follow a mail reply to it and quote it), three are chats and one is a ticket. One
 * sentence in six asks; one text in eight names one of the customer's orders.
 */
final class GeneratedHistory {
  private static final long SEED = 20_261_123;
  private static final int AGENTS = 200;
  private static final long SPAN_SECONDS =
      Duration.between(GeneratedCorpus.FIRST, GeneratedCorpus.END).toSeconds() - 30 * 86_400;

  private static final String[] FIRST_NAMES = {
    "Ada", "Ben", "Carla", "David", "Elena", "Frank", "Grace", "Hugo", "Ines", "Jonas", "Karin",
    "Luis", "Maria", "Nadia", "Oscar", "Petra", "Quentin", "Rosa", "Simon", "Tara", "Ugo", "Vera",
    "Walter", "Yara"
  };
  private static final String[] LAST_NAMES = {
    "Adler", "Baker", "Costa", "Dietrich", "Evans", "Fischer", "Garcia", "Huber", "Ivanov",
        "Jansen",
    "Keller", "Lopez", "Meyer", "Novak", "Olsen", "Peters", "Rossi", "Schmidt", "Taylor", "Vogel",
    "Weber", "Young"
  };
  private static final String[] QUESTIONS = {
    "what is", "where is", "why did", "how do i", "could you", "when will", "can you"
  };
  private static final String[] TAGS = {"billing", "delivery", "returns", "warranty", "complaint"};

  /** What is drawn apart, so that it can be drawn again without the rest. */
  private enum Part {
    CHANNEL(0),
    TIME(1),
    SUBJECT(2),
    BODY(3),
    OTHER(4);

    private final long seed;

    Part(long seed) {
      this.seed = seed;
    }
  }

  private final String customer;
  private final String name;
  private final String mailAddress;
  private final String telephone;

  GeneratedHistory(String customer) {
    this.customer = customer;
    SplittableRandom random = new SplittableRandom(mix(SEED + customer.hashCode()));
    name = name(random);
    mailAddress = mailAddress(name, random.nextInt(1_000), "example.com");
    telephone = "+1555" + (1_000_000 + random.nextInt(9_000_000));
  }

  /** The interaction of that number, from 0. */
  Interaction interaction(int number) {
    Channel channel = channel(number);
    SplittableRandom random = random(number, Part.OTHER);
    Instant startedAt = startedAt(number);
    boolean inbound = random.nextInt(3) > 0;
    List<Turn> turns = turns(channel, number, startedAt, inbound, random);
    Interaction.Builder interaction =
        Interaction.builder(customer + "-" + number, channel, startedAt)
            .customers(List.of(customer))
            .direction(inbound ? Direction.INBOUND : Direction.OUTBOUND)
            .language("en")
            .participants(participants(channel, inbound, random))
            .turns(turns)
            .endedAt(endedAt(startedAt, turns));
    if (channel.equals(Channel.EMAIL)) {
      int first = firstOfThread(number);
      interaction
          .subject((number > first ? "Re: " : "") + subject(first))
          .thread("thread-" + customer + "-" + first)
          .messageId(customer + "-" + number + "@example.com");
    } else if (channel.equals(Channel.TICKET)) {
      interaction.subject(subject(number));
    }
    if (random.nextInt(3) == 0) {
      interaction.tags(List.of(TAGS[random.nextInt(TAGS.length)]));
    }
    return interaction.build();
  }

  private Channel channel(int number) {
    int of10 = random(number, Part.CHANNEL).nextInt(10);
    if (of10 < 2) {
      return Channel.CALL;
    } else if (of10 < 6) {
      return Channel.EMAIL;
    }
    return of10 < 9 ? Channel.CHAT : Channel.TICKET;
  }

  private boolean isReply(int number) {
    return number > 0
        && channel(number).equals(Channel.EMAIL)
        && channel(number - 1).equals(Channel.EMAIL)
        && random(number, Part.SUBJECT).nextBoolean();
  }

  private int firstOfThread(int number) {
    int first = number;
    while (isReply(first)) {
      first--;
    }
    return first;
  }

  private Instant startedAt(int number) {
    int first = firstOfThread(number);
    long seconds = random(first, Part.TIME).nextLong(SPAN_SECONDS) + (number - first) * 20_000L;
    return GeneratedCorpus.FIRST.plusSeconds(seconds);
  }

  private static Instant endedAt(Instant startedAt, List<Turn> turns) {
    Turn last = turns.getLast();
    return last.at().orElse(startedAt.plusMillis(last.endMs().orElse(0)));
  }

  private List<Turn> turns(
      Channel channel, int number, Instant startedAt, boolean inbound, SplittableRandom random) {
    if (channel.equals(Channel.EMAIL)) {
      return List.of(mail(number, startedAt, inbound));
    }
    List<Turn> turns = new ArrayList<>();
    long timeMs = 500;
    for (int n = 2 + random.nextInt(12); n > 0; n--) {
      String who = turns.size() % 2 == 0 ? "customer" : "agent";
      int length = 3 + random.nextInt(22);
      if (channel.equals(Channel.CALL)) {
        Turn turn = spoken(who, spokenWords(length, random), timeMs, random);
        timeMs = turn.endMs().orElseThrow() + 200 + random.nextInt(1_000);
        turns.add(turn);
      } else {
        Instant at = startedAt.plusSeconds(40L * turns.size());
        turns.add(Turn.builder(who).text(written(length, random)).at(at).build());
      }
    }
    return turns;
  }

  private Turn mail(int number, Instant startedAt, boolean inbound) {
    Turn.Builder mail =
        Turn.builder(inbound ? "customer" : "agent").text(body(number)).at(startedAt);
    if (isReply(number)) {
      mail.quotedText(body(number - 1));
    }
    return inbound ? mail.signature(name + "\n" + telephone).build() : mail.build();
  }

  private String body(int number) {
    SplittableRandom random = random(number, Part.BODY);
    return written(20 + random.nextInt(130), random);
  }

  private String subject(int number) {
    SplittableRandom random = random(number, Part.SUBJECT);
    StringBuilder subject = new StringBuilder();
    for (int n = 2 + random.nextInt(5); n > 0; n--) {
      subject.append(Vocabulary.draw(random)).append(' ');
    }
    return random.nextInt(3) == 0 ? subject + order(random) : subject.toString().strip();
  }

  /** A turn of a call; the words follow each other with the pauses of talk. */
  static Turn spoken(String who, List<String> words, long startMs, SplittableRandom random) {
    long timeMs = startMs;
    List<Word> heard = new ArrayList<>(words.size());
    for (String word : words) {
      long endMs = timeMs + 80 + 40L * word.length();
      heard.add(new Word(word, timeMs, endMs, (60 + random.nextInt(41)) / 100.0));
      timeMs = endMs + random.nextInt(120);
    }
    return Turn.builder(who)
        .text(String.join(" ", words))
        .audio(startMs, heard.getLast().endMs())
        .words(heard)
        .build();
  }

  private List<String> spokenWords(int count, SplittableRandom random) {
    List<String> words = new ArrayList<>(count + 3);
    if (random.nextInt(6) == 0) {
      words.addAll(List.of(QUESTIONS[random.nextInt(QUESTIONS.length)].split(" ", -1)));
    }
    for (int i = 0; i < count; i++) {
      words.add(Vocabulary.draw(random));
    }
    if (random.nextInt(8) == 0) {
      words.add(order(random));
    }
    return words;
  }

  /** Sentences of 5 to 16 words, a new line after every third. */
  private String written(int count, SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int words = 0;
    for (int sentence = 1; words < count; sentence++) {
      boolean asks = random.nextInt(6) == 0;
      String first = asks ? QUESTIONS[random.nextInt(QUESTIONS.length)] : Vocabulary.draw(random);
      text.append(first.substring(0, 1).toUpperCase(Locale.ROOT)).append(first.substring(1));
      int end = Math.min(count, words + 5 + random.nextInt(12));
      for (words++; words < end; words++) {
        text.append(random.nextInt(12) == 0 ? ", " : " ").append(Vocabulary.draw(random));
      }
      text.append(asks ? "?" : ".").append(sentence % 3 == 0 ? "\n" : " ");
    }
    return random.nextInt(8) == 0 ? text + "Order " + order(random) : text.toString().strip();
  }

  /** One of the customer's 50 order numbers. */
  private String order(SplittableRandom random) {
    long order = mix(SEED + customer.hashCode() * 50L + random.nextInt(50));
    return "%c%c%d"
        .formatted(
            'A' + Math.floorMod(order, 26),
            'A' + Math.floorMod(order / 26, 26),
            1_000_000 + Math.floorMod(order / 1_000, 9_000_000));
  }

  private List<Participant> participants(
      Channel channel, boolean inbound, SplittableRandom random) {
    SplittableRandom agents = new SplittableRandom(random.nextInt(AGENTS));
    String agentName = name(agents);
    Participant agent =
        Participant.of("agent", Role.AGENT)
            .withName(agentName)
            .withAddress(mailAddress(agentName, agents.nextInt(100), "shop.example"));
    Participant writer =
        Participant.of("customer", Role.CUSTOMER)
            .withName(name)
            .withAddress(channel.equals(Channel.CALL) ? telephone : mailAddress);
    if (channel.equals(Channel.EMAIL)) {
      return List.of(
          writer.withAs(inbound ? AddressField.FROM : AddressField.TO),
          agent.withAs(inbound ? AddressField.TO : AddressField.FROM));
    }
    return List.of(writer, agent);
  }

  private static String name(SplittableRandom random) {
    return FIRST_NAMES[random.nextInt(FIRST_NAMES.length)]
        + " "
        + LAST_NAMES[random.nextInt(LAST_NAMES.length)];
  }

  private static String mailAddress(String name, int number, String domain) {
    return name.toLowerCase(Locale.ROOT).replace(' ', '.') + number + "@" + domain;
  }

  private SplittableRandom random(int number, Part part) {
    long which = SEED + customer.hashCode() + ((long) number << 35) + (part.seed << 32);
    return new SplittableRandom(mix(which));
  }

  /** The last step of MurmurHash3: neighbours become seeds that have nothing in common. */
  private static long mix(long seed) {
    long mixed = (seed ^ (seed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
