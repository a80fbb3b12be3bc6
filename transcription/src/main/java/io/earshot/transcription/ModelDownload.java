package io.earshot.transcription;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings a model into a {@link ModelStore}: {@code store.download("vosk-model-small-en-us-0.15")
 * .run()}.
 *
 * <p>A list of models says where the archive is. What has arrived when the connection fails for
 * good, or the process ends, is kept, and the next download of the model goes on there. The archive
 * is compared with the checksums of the list and with the one that is given; its SHA-256 is noted
 * beside the model, and a later download that brings something else under the same name is refused.
 * A model appears in the store only when all of it is there and was checked.
 *
 * <p>Proxies are those of the JVM's settings, else of {@code HTTP_PROXY}, {@code HTTPS_PROXY} and
 * {@code NO_PROXY}.
 *
 * <p>Not thread-safe. Two downloads of one model exclude each other, in other processes too.
 */
public final class ModelDownload {
  private static final String LIST_VARIABLE = "EARSHOT_MODELS_URL";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_NAMED = 5;

  private final ModelStore store;
  private final String name;
  private final Map<String, String> environment;

  private @Nullable URI list;
  private Optional<String> givenSha256 = Optional.empty();
  private boolean force;
  private ModelDownloadProgress progress = (doneBytes, totalBytes) -> {};
  private WebFiles.Pause pause = Thread::sleep;
  private Clock clock = Clock.systemUTC();
  private Space space = at -> Files.getFileStore(at).getUsableSpace();

  /** How many bytes may be written to a folder. */
  interface Space {
    long at(Path folder) throws IOException;
  }

  ModelDownload(ModelStore store, String name, Map<String, String> environment) {
    this.store = store;
    this.name = requireNonNull(name, "name");
    this.environment = environment;
  }

  /**
   * The list of models that says where the model is. By default, that of the environment variable
   * {@code EARSHOT_MODELS_URL}, else {@value ModelStore#VOSK_LIST}.
   *
   * @param address an {@code http}, {@code https} or {@code file} address, or the path of a file;
   *     of a folder, {@code model-list.json} in it
   * @throws IllegalArgumentException if it is none of these
   */
  public ModelDownload from(String address) {
    list = ModelCatalogue.address(requireNonNull(address, "address"));
    return this;
  }

  /**
   * The SHA-256 that the archive must have. By default, any that agrees with the list.
   *
   * @param hex 64 hexadecimal digits
   * @throws IllegalArgumentException if it is anything else
   */
  public ModelDownload sha256(String hex) {
    if (!hex.matches("[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException(
          "a SHA-256 has 64 hexadecimal digits, got \"" + hex + "\"");
    }
    givenSha256 = Optional.of(hex.toLowerCase(Locale.ROOT));
    return this;
  }

  /**
   * Whether a model that is there already is downloaded anew and replaced, and one taken that is
   * not what the name stood for the last time. By default, false.
   */
  public ModelDownload force(boolean anew) {
    force = anew;
    return this;
  }

  /** What is told how far the download is. */
  public ModelDownload progress(ModelDownloadProgress listener) {
    progress = requireNonNull(listener, "listener");
    return this;
  }

  /** For tests, instead of sleeping. */
  ModelDownload pause(WebFiles.Pause other) {
    pause = other;
    return this;
  }

  /** For tests. */
  ModelDownload clock(Clock other) {
    clock = other;
    return this;
  }

  /** For tests, instead of asking the file system. */
  ModelDownload space(Space other) {
    space = other;
    return this;
  }

  /**
   * Downloads the model, unless it is in the store already.
   *
   * <p>Takes as long as it takes. A thread that is interrupted meanwhile keeps what has arrived.
   *
   * @return the model, as it is now in the store
   * @throws SpeechModelException if that is not possible, or what arrived is not what it should be;
   *     the store is as before
   * @throws IOException if the store's folder cannot be written
   * @throws IllegalArgumentException if {@code EARSHOT_MODELS_URL} is needed, and is no address
   */
  public InstalledModel run() throws IOException {
    if (!ModelStore.isName(name)) {
      throw new SpeechModelException(
          "EARSHOT-221: \""
              + name
              + "\" is no model's name. See earshot models list --available for those there are.");
    }
    Files.createDirectories(store.folder());
    StoreLock lock = StoreLock.take(store.folder(), name);
    try {
      return runLocked();
    } catch (DownloadException e) {
      throw numbered(e, kept());
    } finally {
      lock.close();
    }
  }

  private InstalledModel runLocked() throws IOException {
    cleanUp();
    Optional<InstalledModel> there = store.find(name);
    if (there.isPresent() && !force) {
      return unlessOther(there.get());
    }
    try (WebFiles web = web()) {
      download(web);
    }
    return store.find(name).orElseThrow();
  }

  /** All that the list offers. */
  List<AvailableModel> available() throws IOException {
    try (WebFiles web = web()) {
      return available(web);
    } catch (DownloadException e) {
      throw numbered(e, 0);
    }
  }

  private WebFiles web() {
    return new WebFiles(
        EnvironmentProxies.of(environment, ProxySelector.getDefault()), PATIENCE, pause, clock);
  }

  private List<AvailableModel> available(WebFiles web) throws IOException {
    URI address = list();
    return ModelCatalogue.read(web.read(address, ModelCatalogue.MOST_BYTES), address);
  }

  private URI list() {
    if (list != null) {
      return list;
    }
    String value = environment.getOrDefault(LIST_VARIABLE, "");
    try {
      return ModelCatalogue.address(value.isBlank() ? ModelStore.VOSK_LIST : value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(LIST_VARIABLE + ": " + e.getMessage(), e);
    }
  }

  private InstalledModel unlessOther(InstalledModel there) throws SpeechModelException {
    if (there.problem().isPresent()) {
      throw new SpeechModelException(there.problem().get() + " Download it anew with --force.");
    }
    Optional<String> sha256 = there.origin().map(ModelOrigin::sha256);
    if (givenSha256.isPresent() && !givenSha256.equals(sha256)) {
      throw new SpeechModelException(
          "EARSHOT-225: "
              + there.path()
              + sha256
                  .map(value -> " came with the SHA-256 " + value)
                  .orElse(" was put there by hand, so its SHA-256 is not known")
              + ", and you gave "
              + givenSha256.get()
              + ". Replace it with --force.");
    }
    return there;
  }

  private void download(WebFiles web) throws IOException {
    AvailableModel listed = listed(web);
    Optional<ModelOrigin> last = force ? Optional.empty() : ModelOrigin.read(store.note(name));
    if (last.isPresent()
        && (isOther(listed.sha256(), last.get().sha256())
            || isOther(givenSha256, last.get().sha256())
            || isOther(listed.md5(), last.get().md5().orElse("")))) {
      throw otherThanLastTime(last.get());
    }
    try (PartFile part = new PartFile(partPath(), listed.url())) {
      fetch(web, listed, part);
      ArchiveDigest arrived = ArchiveDigest.of(part.path());
      throwIfWrong(listed, arrived, part);
      if (last.isPresent() && !arrived.sha256().equals(last.get().sha256())) {
        throw otherThanLastTime(last.get());
      }
      install(listed, arrived, part);
    }
  }

  private AvailableModel listed(WebFiles web) throws IOException {
    List<AvailableModel> models = available(web);
    AvailableModel listed =
        models.stream()
            .filter(model -> model.name().equals(name))
            .findFirst()
            .orElseThrow(() -> notListed(models));
    if (isFile(listed.url()) && !isFile(list())) {
      throw new SpeechModelException(
          "EARSHOT-224: "
              + list()
              + " names a file of this machine, "
              + listed.url()
              + ", which is not for a list from elsewhere to name.");
    }
    if (givenSha256.or(listed::sha256).or(listed::md5).isEmpty()) {
      throw new SpeechModelException(
          "EARSHOT-225: "
              + list()
              + " has no checksum of "
              + name
              + ". Give the SHA-256 of "
              + listed.url()
              + " with --sha256.");
    }
    return listed;
  }

  private static boolean isFile(URI address) {
    return "file".equalsIgnoreCase(address.getScheme());
  }

  private SpeechModelException notListed(List<AvailableModel> models) {
    String similar =
        models.stream()
            .filter(model -> !model.obsolete() && model.name().contains(name))
            .limit(MOST_NAMED)
            .map(AvailableModel::name)
            .collect(Collectors.joining(", "));
    return new SpeechModelException(
        "EARSHOT-221: "
            + list()
            + " has no model "
            + name
            + ". "
            + (similar.isEmpty() ? "" : "Did you mean " + similar + "? ")
            + "earshot models list --available shows all.");
  }

  private static boolean isOther(Optional<String> digest, String last) {
    return digest.isPresent() && !last.isEmpty() && !digest.get().equals(last);
  }

  private SpeechModelException otherThanLastTime(ModelOrigin last) {
    return new SpeechModelException(
        "EARSHOT-225: "
            + name
            + " is not what it was the last time: what came from "
            + last.url()
            + " on "
            + last.downloadedAt()
            + " had the SHA-256 "
            + last.sha256()
            + ". If the change is meant, download it with --force.");
  }

  private void fetch(WebFiles web, AvailableModel listed, PartFile part) throws IOException {
    long free = space.at(store.folder());
    long missing = listed.sizeBytes() - part.size();
    if (missing > free) {
      throw ModelArchive.noRoom(part.path(), missing, free);
    }
    try {
      long most = listed.sizeBytes() > 0 ? listed.sizeBytes() : part.size() + free;
      web.download(listed.url(), part, most, progress);
    } catch (DownloadException e) {
      if (e.kind() == DownloadException.Kind.TOO_LONG) {
        part.delete();
        throw wrong(e.getMessage() + ", which the list says it has");
      }
      throw e;
    }
  }

  private void throwIfWrong(AvailableModel listed, ArchiveDigest arrived, PartFile part)
      throws IOException {
    String reason = "";
    if (isOther(givenSha256, arrived.sha256())) {
      reason = "has the SHA-256 " + arrived.sha256() + ", and you gave " + givenSha256.get();
    } else if (isOther(listed.sha256(), arrived.sha256())) {
      reason =
          "has the SHA-256 " + arrived.sha256() + ", and the list says " + listed.sha256().get();
    } else if (listed.sizeBytes() > 0 && listed.sizeBytes() != arrived.sizeBytes()) {
      reason =
          String.format(
              Locale.ROOT,
              "has %,d bytes, and the list says %,d",
              arrived.sizeBytes(),
              listed.sizeBytes());
    } else if (isOther(listed.md5(), arrived.md5())) {
      reason = "has the MD5 " + arrived.md5() + ", and the list says " + listed.md5().get();
    }
    if (!reason.isEmpty()) {
      part.delete();
      throw wrong(listed.url() + " " + reason);
    }
  }

  private static SpeechModelException wrong(String what) {
    return new SpeechModelException(
        "EARSHOT-225: "
            + what
            + ". What arrived was deleted. Download it again; if it stays so, the file or the list"
            + " was changed.");
  }

  /** Moves the model in when it is whole, so that a killed download leaves nothing like it. */
  private void install(AvailableModel listed, ArchiveDigest arrived, PartFile part)
      throws IOException {
    Path unpacking = Files.createDirectory(hidden("unpacking"));
    try {
      Path model = ModelArchive.unpack(part.path(), unpacking, space.at(store.folder()));
      check(model, listed);
      origin(listed, arrived).write(store.note(name));
      moveIn(model);
      part.delete();
    } catch (SpeechModelException e) {
      part.delete(); // to go on with it would bring the same
      throw e;
    } finally {
      deleteTree(unpacking);
    }
  }

  private static void check(Path model, AvailableModel listed) throws IOException {
    try {
      ModelStore.check(model);
    } catch (SpeechModelException e) {
      throw new SpeechModelException(
          "EARSHOT-226: " + listed.url() + " holds no model that can be used. " + e.getMessage(),
          e);
    }
  }

  private ModelOrigin origin(AvailableModel listed, ArchiveDigest arrived) {
    return new ModelOrigin(
        listed.url(),
        arrived.sha256(),
        listed.md5(),
        arrived.sizeBytes(),
        clock.instant(),
        Optional.of(listed.language()).filter(language -> !language.isEmpty()));
  }

  /** A folder cannot replace another in one step: between the two there is none. */
  private void moveIn(Path model) throws IOException {
    Path place = store.folder().resolve(name);
    if (Files.exists(place)) {
      Files.move(place, hidden("old"), StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(model, place, StandardCopyOption.ATOMIC_MOVE);
    deleteTree(hidden("old"));
  }

  /** What an earlier download left when it was killed. */
  private void cleanUp() throws IOException {
    Path place = store.folder().resolve(name);
    if (!Files.exists(place) && Files.exists(hidden("old"))) {
      Files.move(hidden("old"), place, StandardCopyOption.ATOMIC_MOVE);
    }
    deleteTree(hidden("old"));
    deleteTree(hidden("unpacking"));
  }

  /** A folder that nobody takes for a model. */
  private Path hidden(String purpose) {
    return store.folder().resolve("." + name + "." + purpose);
  }

  private Path partPath() {
    return store.folder().resolve(name + ".part");
  }

  private long kept() throws IOException {
    return Files.exists(partPath()) ? Files.size(partPath()) : 0;
  }

  private SpeechModelException numbered(DownloadException failure, long kept) {
    String goesOn =
        kept == 0
            ? ""
            : String.format(
                Locale.ROOT, " %,d bytes of it are kept; the next download goes on there.", kept);
    String more =
        switch (failure.kind()) {
          case UNREACHABLE ->
              " Behind a proxy, set HTTPS_PROXY. Without a network, get the archive elsewhere and"
                  + " unpack it to "
                  + store.folder().resolve(name).toAbsolutePath()
                  + " by hand, or name a list in a file with --from.";
          case REFUSED -> " Name another list with --from, if that one is out of date.";
          case UNWRITABLE -> " Make room, or use another folder (XDG_CACHE_HOME).";
          case TOO_LONG -> "";
        };
    String number =
        switch (failure.kind()) {
          case UNREACHABLE -> "EARSHOT-222";
          case REFUSED -> "EARSHOT-223";
          case TOO_LONG -> "EARSHOT-224";
          case UNWRITABLE -> "EARSHOT-228";
        };
    return new SpeechModelException(
        number + ": " + failure.getMessage() + "." + goesOn + more, failure);
  }

  /** Deletes a folder, if it is there, with all that is in it, and follows no link. */
  static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
