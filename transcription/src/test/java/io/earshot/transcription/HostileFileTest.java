package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files made to mislead, to fill the memory or to reach others; and such that are no recordings.
 */
class HostileFileTest {
  private static final int RATE_HZ = 16_000;
  private static final Path MP3 = TestCalls.resource("formats/call.untagged.mp3");
  private static final int MEGABYTE = 1 << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "0, looks like WAV (kind 0x0001; channels: 1; sample rate: 0 Hz; bits: 16)",
    "1, has a sample rate of 1 Hz; and 1;000 to 768;000 are understood",
    "999, has a sample rate of 999 Hz",
    "768001, has a sample rate of 768001 Hz",
    "4000000000, sample rate: 4000000000 Hz",
    "4294967295, sample rate: 4294967295 Hz"
  })
  void decode_absurdSampleRate_refusedWithTheRate(long rateHz, String found) throws IOException {
    Path file = write("rate.wav", wav(1, 1, (int) rateHz, 16, 16_000));

    assertRefused(file, found.replace(';', ','));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, channels: 0",
    "1, 9, it has 9 channels",
    "1, 255, it has 255 channels",
    "1, 65535, channels: 65535",
    "17, 0, channels: 0",
    "17, 9, channels: 9",
    "17, 65535, channels: 65535"
  })
  void decode_absurdChannelCount_refusedWithTheNumber(int kind, int channels, String found)
      throws IOException {
    Path file = write("channels.wav", wav(kind, channels, 8_000, kind == 1 ? 16 : 4, 160_000));

    assertRefused(file, found);
  }

  @ParameterizedTest
  @CsvSource({"0, 16, 0x0000", "1, 0, bits: 0", "1, 65535, bits: 65535", "4660, 16, 0x1234"})
  void decode_kindThatThereIsNot_refusedWithTheKind(int kind, int bits, String found)
      throws IOException {
    assertRefused(write("kind.wav", wav(kind, 1, 8_000, bits, 16_000)), found);
  }

  @Test
  void decode_dataChunkOfNoLength_refused() throws IOException {
    assertRefused(
        write("nothing.wav", wav(1, 1, 8_000, 16, 0)), "there is no sample of audio in it");
  }

  @Test
  void decode_noFormatChunk_refused() throws IOException {
    byte[] wav = wav(1, 1, 8_000, 16, 16_000);
    wav[12] = 'x';

    assertRefused(write("unknown.wav", wav), "WAV without a description of its format");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wav", "mp3", "ogg", "opus", "flac", "m4a", "mp4", "3gp", "amr", "awb", "webm", "mkv",
        "aac", "gsm", "au", "aiff", "w64", "caf", "wma", "avi", "ts", "mpg", "flv", "g722", "g729",
        "ul", "sln", "raw", "bin"
      })
  void decode_noise_refusedWhateverItsEnding(String ending) throws IOException {
    byte[] noise = new byte[200_000];
    new Random(ending.hashCode()).nextBytes(noise);

    assertRefused(write("noise." + ending, noise), "it ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list.m3u8", "list.ffconcat", "list.mpd", "list.sdp", "list.wav", "list"})
  void decode_playListOfAnyKind_neitherFileNorAddressOpened(String name) throws IOException {
    Path call = write("call.wav", wav(1, 1, 8_000, 16, 16_000));
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String address = "http://127.0.0.1:" + server.getLocalPort() + "/call.wav";
      for (String target : new String[] {address, call.toUri().toString(), call.toString()}) {
        for (String list : playLists(target)) {
          assertRefused(write(name, list.getBytes(StandardCharsets.UTF_8)), "it looks like text");
        }
      }

      server.setSoTimeout(1);
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  private static String[] playLists(String target) {
    return new String[] {
      "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + target + "\n#EXT-X-ENDLIST\n",
      "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n" + target + "\n",
      "ffconcat version 1.0\nfile '" + target + "'\n",
      "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period>"
          + "<AdaptationSet mimeType=\"audio/mp4\"><Representation id=\"0\"><BaseURL>"
          + target
          + "</BaseURL></Representation></AdaptationSet></Period></MPD>",
      "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n",
      "[Reference]\nRef1=" + target + "\n"
    };
  }

  /** Its header would be two gigabytes. */
  @Test
  void decode_mp4WithAnIndexThatUnpacksToGigabytes_refusedWithinItsMemory() throws IOException {
    byte[] index =
        box(
            "cmov",
            box("dcom", "zlib".getBytes(StandardCharsets.US_ASCII)),
            box("cmvd", number(1_900 * MEGABYTE), zipped(1_900)));
    byte[] mp4 = join(box("ftyp", number(0), number(0)), box("moov", index));
    Path file = write("bomb.mp4", mp4);
    long before = largestMemory();

    assertRefused(file, "looks like QuickTime / MOV");

    assertThat(largestMemory() - before).isLessThan(300L * MEGABYTE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"APIC", "TXXX"})
  void decode_mp3WithTagsThatUnpackToGigabytes_decodedWithinItsMemory(String tag)
      throws IOException {
    byte[] packed = zipped(255);
    byte[] content = join(syncSafe(255 * MEGABYTE), packed);
    byte[] frame =
        join(
            tag.getBytes(StandardCharsets.US_ASCII),
            syncSafe(content.length),
            new byte[] {0, 0b1001}, // compressed, with its length
            content);
    Path file = write("bomb.mp3", join(id3(join(frame, frame, frame)), Files.readAllBytes(MP3)));
    long before = largestMemory();

    assertThat(TestCalls.decode(file, RATE_HZ)[0]).hasSizeGreaterThan(9 * RATE_HZ);

    assertThat(largestMemory() - before).isLessThan(300L * MEGABYTE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tagged.mp3", "tagged.wav", "tagged"})
  void decode_mp3BehindALargePicture_decoded(String name) throws IOException {
    byte[] picture =
        join(
            "APIC".getBytes(StandardCharsets.US_ASCII),
            syncSafe(3 * MEGABYTE),
            new byte[3],
            "image/png\0".getBytes(StandardCharsets.US_ASCII),
            new byte[3 * MEGABYTE - 11]);
    Path file = write(name, join(id3(picture), Files.readAllBytes(MP3)));

    short[][] decoded = TestCalls.decode(file, RATE_HZ);

    assertThat(decoded[0]).isEqualTo(TestCalls.decode(MP3, RATE_HZ)[0]);
  }

  @Test
  void decode_mp3WithATagLongerThanTheFile_refused() throws IOException {
    byte[] tag = Arrays.copyOf(id3(new byte[0]), 10);
    System.arraycopy(syncSafe(0x0FFF_FFFF), 0, tag, 6, 4);

    assertRefused(
        write("liar.mp3", join(tag, Files.readAllBytes(MP3))), "it begins with the bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bomb.zip", "bomb.wav", "bomb.mp3"})
  void decode_zipBomb_refusedWithinItsMemory(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("call.wav"));
      zip.write(wav(1, 1, 8_000, 16, 16_000));
      for (int i = 0; i < 500; i++) {
        zip.write(new byte[MEGABYTE]);
      }
    }
    Path file = write(name, bytes.toByteArray());
    long before = largestMemory();

    assertRefused(file, "it ");

    assertThat(largestMemory() - before).isLessThan(100L * MEGABYTE);
  }

  @Test
  void open_device_refused() {
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device), "there is no /dev/zero");

    assertRefused(device, "it is a device, a pipe or a socket. Give one recording.");
  }

  @Test
  void open_fileWithoutPermission_saysSo() throws IOException {
    Path file = write("secret.wav", wav(1, 1, 8_000, 16, 16_000));
    assumeTrue(
        Files.getFileStore(file).supportsFileAttributeView("posix"), "no permissions to take");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "this user may read everything");

    assertThatThrownBy(() -> TestCalls.decode(file, RATE_HZ))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "EARSHOT-203: cannot read " + file + ": this user may not. Give the right to read it.");
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static void assertRefused(Path file, String found) {
    assertThatThrownBy(() -> TestCalls.decode(file, RATE_HZ))
        .isInstanceOf(AudioFormatException.class)
        .hasMessageStartingWith("EARSHOT-202: cannot decode " + file + ": ")
        .hasMessageContaining(found);
  }

  /** The most memory that this process ever had. */
  private static long largestMemory() throws IOException {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.exists(status), "there is no " + status);
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
        .findFirst()
        .orElseThrow();
  }

  private static byte[] wav(int kind, int channels, int rateHz, int bits, int dataBytes) {
    int align = kind == 1 ? channels * bits / 8 : 256 * channels;
    ByteBuffer wav = ByteBuffer.allocate(44 + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + dataBytes);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) kind).putShort((short) channels).putInt(rateHz).putInt(rateHz * align);
    wav.putShort((short) align).putShort((short) bits);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataBytes);
    byte[] data = new byte[dataBytes];
    new Random(1).nextBytes(data);
    return wav.put(data).array();
  }

  private static byte[] zipped(int megabytesOfNothing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream zip =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_SPEED))) {
      byte[] nothing = new byte[MEGABYTE];
      for (int i = 0; i < megabytesOfNothing; i++) {
        zip.write(nothing);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] id3(byte[] frames) {
    return join(
        "ID3".getBytes(StandardCharsets.US_ASCII),
        new byte[] {4, 0, 0},
        syncSafe(frames.length),
        frames);
  }

  private static byte[] syncSafe(int number) {
    return new byte[] {
      (byte) (number >> 21 & 127),
      (byte) (number >> 14 & 127),
      (byte) (number >> 7 & 127),
      (byte) (number & 127)
    };
  }

  private static byte[] box(String type, byte[]... contents) {
    byte[] content = join(contents);
    return join(number(8 + content.length), type.getBytes(StandardCharsets.US_ASCII), content);
  }

  private static byte[] number(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
