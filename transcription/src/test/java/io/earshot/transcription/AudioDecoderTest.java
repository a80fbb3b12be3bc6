package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioDecoderTest {
  private static final int RATE_HZ = 16_000;
  private static final int WAV_HEADER = 44;
  private static final int DATA_LENGTH = 40; // where the header has it

  @TempDir Path folder;

  /** What decoding a file gave. */
  private record Decoded(List<short[]> channels, boolean incomplete, List<String> warnings) {
    double seconds() {
      return channels.getFirst().length / (double) RATE_HZ;
    }
  }

  @Test
  void decode_sameCallInTwoCodecs_sameLengthAndInStep() throws IOException {
    short[][] mulaw = TestCalls.decode(TestCalls.resource("call-1006-4.mulaw.wav"), RATE_HZ);
    short[][] opus = TestCalls.decode(TestCalls.resource("call-1006-4.ogg"), RATE_HZ);

    assertThat(opus).hasNumberOfRows(2);
    assertThat(opus[0]).hasSameSizeAs(mulaw[0]);
    assertThat(TestAudio.lag(mulaw[0], opus[0], 3_200)).isBetween(-16, 16); // 1 ms
  }

  @Test
  void decode_mp3_encodersPaddingLeftOut() throws IOException {
    Decoded mp3 = decode(TestCalls.resource("call-1005-1.mp3"));
    List<TestCalls.Segment> reference = TestCalls.reference(TestCalls.resource("call-1005-1.mp3"));

    long firstMs = reference.getFirst().startMs();
    int from = (int) (firstMs * RATE_HZ / 1_000);
    short[] speaker = mp3.channels().get(reference.getFirst().channel());
    assertThat(TestAudio.power(speaker, from, 3_200))
        .isGreaterThan(100 * TestAudio.power(speaker, from - 4_000, 3_200));
    assertThat(mp3.incomplete()).isFalse();
    assertThat(mp3.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"8000, 1", "8000, 2", "16000, 1", "44100, 2", "48000, 3", "22050, 6", "11025, 8"})
  void decode_anyRateAndChannelCount_eachChannelKeepsItsOwnTone(int rateHz, int channels)
      throws IOException {
    short[][] tones = new short[channels][];
    for (int i = 0; i < channels; i++) {
      tones[i] = TestAudio.tone(rateHz, 300 + 200 * i, 2);
    }
    Path file = write("tones.wav", TestCalls.wav(rateHz, tones));

    Decoded decoded = decode(file);

    assertThat(decoded.channels()).hasSize(channels);
    assertThat(decoded.seconds()).isCloseTo(2, within(0.001));
    for (int i = 0; i < channels; i++) {
      assertThat(TestAudio.frequency(decoded.channels().get(i), RATE_HZ))
          .isCloseTo(300 + 200 * i, within(2.0));
    }
    assertThat(decoded.incomplete()).isFalse();
  }

  @Test
  void decode_resampled_notShifted() throws IOException {
    short[] click = new short[8_000];
    click[4_000] = 30_000; // at 0.5 s
    Path file = write("click.wav", TestCalls.wav(8_000, click));

    short[] decoded = decode(file).channels().getFirst();

    assertThat(TestAudio.loudest(decoded, 0, decoded.length)).isBetween(7_998, 8_002);
  }

  @ParameterizedTest
  @CsvSource({
    "0, gives a wrong length",
    "0xFFFFFFFF, gives a wrong length",
    "0x7FFFFFFF, is cut short",
    "16000, gives a wrong length"
  })
  void decode_headerLiesAboutItsLength_allAudioReadAndMarked(String length, String warning)
      throws IOException {
    byte[] wav = TestCalls.wav(8_000, TestAudio.tone(8_000, 440, 3));
    ByteBuffer.wrap(wav)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(DATA_LENGTH, Long.decode(length).intValue());
    Path file = write("liar.wav", wav);

    Decoded decoded = decode(file);

    assertThat(decoded.seconds()).isCloseTo(3, within(0.001));
    assertThat(decoded.incomplete()).isTrue();
    assertThat(decoded.warnings())
        .singleElement()
        .asString()
        .startsWith("EARSHOT-211: ")
        .contains(warning, "liar.wav", "3.0 s");
  }

  @Test
  void decode_wavCutShort_markedWithTheLastGoodSecond() throws IOException {
    byte[] wav = TestCalls.wav(8_000, TestAudio.tone(8_000, 440, 3));
    Path file = write("cut.wav", Arrays.copyOf(wav, WAV_HEADER + 16_001)); // within a sample

    Decoded decoded = decode(file);

    assertThat(decoded.seconds()).isCloseTo(1, within(0.001));
    assertThat(decoded.incomplete()).isTrue();
    assertThat(decoded.warnings()).singleElement().asString().contains("is cut short", "1.0 s");
  }

  @Test
  void decode_chunksAfterTheData_neitherAudioNorDamage() throws IOException {
    byte[] wav = TestCalls.wav(8_000, TestAudio.tone(8_000, 440, 1));
    ByteBuffer all = ByteBuffer.allocate(wav.length + 8 + 4_000).order(ByteOrder.LITTLE_ENDIAN);
    all.put(wav).put("LIST".getBytes(StandardCharsets.US_ASCII)).putInt(4_000);
    Path file = write("tagged.wav", all.array());

    Decoded decoded = decode(file);

    assertThat(decoded.seconds()).isCloseTo(1, within(0.001));
    assertThat(decoded.incomplete()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"call-1005-1.mp3", "call-1006-4.ogg"})
  void decode_cutInHalf_firstHalfAndMarked(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(TestCalls.resource(name));
    double whole = decode(TestCalls.resource(name)).seconds();
    Path file = write(name, Arrays.copyOf(bytes, bytes.length / 2));

    Decoded decoded = decode(file);

    assertThat(decoded.seconds()).isCloseTo(whole / 2, within(whole / 10));
    assertThat(decoded.incomplete()).isTrue();
    assertThat(decoded.warnings()).anyMatch(warning -> warning.contains("is cut short"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"call-1005-1.mp3", "call-1006-4.ogg"})
  void decode_damagedInTheMiddle_restInItsPlaceAndMarked(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(TestCalls.resource(name));
    short[] whole = decode(TestCalls.resource(name)).channels().getFirst();
    byte[] noise = new byte[bytes.length / 20];
    new Random(7).nextBytes(noise);
    System.arraycopy(noise, 0, bytes, bytes.length / 2, noise.length);
    Path file = write(name, bytes);

    Decoded decoded = decode(file);

    assertThat(decoded.incomplete()).isTrue();
    assertThat(decoded.warnings()).isNotEmpty();
    assertThat(decoded.channels().getFirst().length).isCloseTo(whole.length, within(RATE_HZ));
    assertThat(TestAudio.lag(tail(whole), tail(decoded.channels().getFirst()), 3_200))
        .isBetween(-1_600, 1_600); // 0.1 s
  }

  @Test
  void decode_emptyFile_namesItAndSaysSo() throws IOException {
    Path file = write("empty.wav", new byte[0]);

    assertThatThrownBy(() -> decode(file))
        .isInstanceOf(AudioFormatException.class)
        .hasMessage(
            "EARSHOT-202: cannot decode "
                + file
                + ": the file is empty. Give a recording in WAV, MP3, Ogg, FLAC or another format"
                + " that FFmpeg reads.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"notes.txt", "notes.wav", "notes.mp3", "notes.ogg", "notes"})
  void decode_textFile_saysSoWhateverItsEnding(String name) throws IOException {
    Path file =
        write(name, "Kundin rief an: Gerät defekt.\n".repeat(500).getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> decode(file))
        .isInstanceOf(AudioFormatException.class)
        .hasMessageStartingWith("EARSHOT-202: cannot decode " + file)
        .hasMessageContaining("it looks like text");
  }

  @Test
  void decode_headerWithoutAudio_saysSo() throws IOException {
    Path file = write("silent.wav", TestCalls.wav(8_000, new short[0]));

    assertThatThrownBy(() -> decode(file))
        .isInstanceOf(AudioFormatException.class)
        .hasMessageContaining("cannot decode " + file);
  }

  @Test
  void decode_randomBytes_noCrash() throws IOException {
    byte[] noise = new byte[20_000];
    for (String ending : List.of("wav", "mp3", "ogg", "flac", "m4a", "amr", "bin")) {
      new Random(ending.hashCode()).nextBytes(noise);
      Path file = write("noise." + ending, noise);

      assertThatThrownBy(() -> decode(file)).isInstanceOf(AudioFormatException.class);
    }
  }

  @Test
  void decode_image_saysWhatItIs() throws IOException {
    byte[] png = {
      (byte) 0x89,
      'P',
      'N',
      'G',
      13,
      10,
      26,
      10,
      0,
      0,
      0,
      13,
      'I',
      'H',
      'D',
      'R',
      0,
      0,
      0,
      1,
      0,
      0,
      0,
      1,
      8,
      0,
      0,
      0,
      0,
      0x3A,
      0x7E,
      (byte) 0x9B,
      0x55
    };
    Path file = write("scan.png", png);

    assertThatThrownBy(() -> decode(file))
        .isInstanceOf(AudioFormatException.class)
        .hasMessageContaining("cannot decode " + file);
  }

  @Test
  void decode_playListThatNamesARecording_notFollowed() throws IOException {
    Path recording = write("call.wav", TestCalls.wav(8_000, TestAudio.tone(8_000, 440, 1)));
    Path concat =
        write(
            "list.ffconcat",
            ("ffconcat version 1.0\nfile '" + recording.getFileName() + "'\n")
                .getBytes(StandardCharsets.UTF_8));
    Path hls =
        write(
            "list.m3u8",
            ("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n"
                    + recording.toUri()
                    + "\n#EXT-X-ENDLIST\n")
                .getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> decode(concat)).isInstanceOf(AudioFormatException.class);
    assertThatThrownBy(() -> decode(hls)).isInstanceOf(AudioFormatException.class);
  }

  @Test
  void decode_tooManyChannels_refusedWithTheNumber() throws IOException {
    short[][] channels = new short[9][8_000];
    Path file = write("nine.wav", TestCalls.wav(8_000, channels));

    assertThatThrownBy(() -> decode(file))
        .isInstanceOf(AudioFormatException.class)
        .hasMessageContaining("it has 9 channels, and at most 8 are understood");
  }

  @Test
  void open_noFile_saysSo() {
    Path missing = folder.resolve("missing.wav");

    assertThatThrownBy(() -> decode(missing))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "EARSHOT-203: cannot read " + missing + ": there is no such file. Check the path.");
  }

  @Test
  void open_folder_saysSo() {
    assertThatThrownBy(() -> decode(folder))
        .isInstanceOf(AudioFormatException.class)
        .hasMessageContaining("it is a folder");
  }

  @Test
  void open_nameWithColonsAndAccents_isAFileName() throws IOException {
    Path file = write("http:appel é 50%.wav", TestCalls.wav(8_000, TestAudio.tone(8_000, 440, 1)));

    assertThat(decode(file).seconds()).isCloseTo(1, within(0.001));
  }

  @Test
  void close_twice_harmless() throws IOException {
    AudioDecoder decoder = AudioDecoder.open(TestCalls.resource("call-1006-4.ogg"), RATE_HZ);

    decoder.close();
    decoder.close();

    assertThat(decoder.warnings()).isEmpty();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static Decoded decode(Path file) throws IOException {
    try (AudioDecoder decoder = AudioDecoder.open(file, RATE_HZ)) {
      List<short[]> channels = List.of(TestCalls.decode(decoder));
      return new Decoded(channels, decoder.isIncomplete(), decoder.warnings());
    }
  }

  private static short[] tail(short[] samples) {
    return Arrays.copyOfRange(samples, samples.length - 10 * RATE_HZ, samples.length);
  }
}
