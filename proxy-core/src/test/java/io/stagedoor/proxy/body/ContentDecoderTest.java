package io.stagedoor.proxy.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.http.ResponseHead;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDecoderTest {

    private static final byte[] TEXT =
            "{\"value\":[\"日本\", \"é\"]}".repeat(400).getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1 << 20})
    void undoesEachCodingHoweverItIsCut(int piece) throws Exception {
        assertThat(decode("gzip", gzip(TEXT), piece)).isEqualTo(TEXT);
        assertThat(decode("X-GZIP", gzip(TEXT), piece)).isEqualTo(TEXT);
        assertThat(decode("deflate", deflate(TEXT, false), piece)).isEqualTo(TEXT);
        assertThat(decode("deflate", deflate(TEXT, true), piece)).isEqualTo(TEXT);
    }

    @Test
    void readsAHeaderWithAllItsParts() throws Exception {
        byte[] bare = gzip(TEXT);
        ByteArrayOutputStream with = new ByteArrayOutputStream();
        with.write(bare, 0, 3);
        with.write(0x1e);
        with.write(bare, 4, 6);
        with.writeBytes(new byte[] {3, 0, 1, 2, 3, 'n', 0, 'c', 'c', 0, 9, 9});
        with.write(bare, 10, bare.length - 10);

        assertThat(decode("gzip", with.toByteArray(), 1)).isEqualTo(TEXT);
        assertThat(decode("gzip", with.toByteArray(), 4096)).isEqualTo(TEXT);
    }

    @Test
    void readsMembersOneAfterTheOther() throws Exception {
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.writeBytes(gzip("a".getBytes(StandardCharsets.US_ASCII)));
        two.writeBytes(gzip("b".getBytes(StandardCharsets.US_ASCII)));

        assertThat(decode("gzip", two.toByteArray(), 5)).isEqualTo(new byte[] {'a', 'b'});
    }

    @Test
    void takesNothingForAnEmptyBody() throws Exception {
        assertThat(decode("gzip", new byte[0], 1)).isEmpty();
        assertThat(decode("deflate", new byte[0], 1)).isEmpty();
    }

    @Test
    void refusesWhatEndsTooEarly() throws Exception {
        for (byte[] whole : new byte[][] {gzip(TEXT), deflate(TEXT, false)}) {
            String coding = whole[0] == 0x1f ? "gzip" : "deflate";
            for (int length = 1; length < whole.length; length += 3) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertRefused(() -> decode(coding, cut, 100));
            }
        }
    }

    @Test
    void refusesWhatIsBroken() throws Exception {
        byte[] whole = gzip(TEXT);
        byte[] checksum = whole.clone();
        checksum[whole.length - 8] ^= 1;
        byte[] length = whole.clone();
        length[whole.length - 4] ^= 1;
        byte[] magic = whole.clone();
        magic[1] = 0;
        byte[] more = Arrays.copyOf(whole, whole.length + 1);

        assertRefused(() -> decode("gzip", checksum, 50));
        assertRefused(() -> decode("gzip", length, 50));
        assertRefused(() -> decode("gzip", magic, 50));
        assertRefused(() -> decode("gzip", more, 50));
        assertRefused(() -> decode("deflate", Arrays.copyOf(deflate(TEXT, false), 4000), 50));
        assertRefused(
                () -> decode("gzip", "not gzip at all".getBytes(StandardCharsets.US_ASCII), 50));
    }

    @Test
    void refusesAHeaderWithoutEnd() {
        byte[] endless = new byte[100_000];
        Arrays.fill(endless, (byte) 'x');
        System.arraycopy(new byte[] {0x1f, (byte) 0x8b, 8, 8}, 0, endless, 0, 4);

        assertRefused(() -> decode("gzip", endless, 1000));
    }

    @Test
    void refusesABombBeforeItHasGrown() throws Exception {
        byte[] bomb = gzip(new byte[64 << 20]);
        ContentDecoder decoder = decoder("gzip");
        long[] given = {0};

        assertRefused(
                () -> {
                    for (int at = 0; at < bomb.length; at += 1024) {
                        ByteBuffer piece =
                                ByteBuffer.wrap(bomb, at, Math.min(1024, bomb.length - at));
                        given[0] += decoder.decode(piece).length;
                    }
                });
        assertThat(given[0]).isLessThan(4 << 20);
    }

    @Test
    void neverFailsInAnotherWayOnNoise() {
        Random random = new Random(42);
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = new byte[1 + random.nextInt(200)];
            random.nextBytes(noise);
            noise[0] = (byte) (i % 2 == 0 ? 0x1f : 0x78);
            String coding = i % 2 == 0 ? "gzip" : "deflate";
            if (i % 2 == 0 && noise.length > 3) {
                System.arraycopy(new byte[] {0x1f, (byte) 0x8b, 8}, 0, noise, 0, 3);
            }
            try {
                decode(coding, noise, 1 + random.nextInt(50));
            } catch (RefusedException refused) {
                assertThat(refused.code()).isEqualTo(Code.UPSTREAM_FAILED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip, gzip", "compress", "", "identity", "aws-chunked"})
    void knowsNoOtherCoding(String coding) {
        assertThat(ContentDecoder.of(head(coding))).isEmpty();
    }

    @Test
    void namesTheCodingItCannotRead() {
        assertThat(ContentDecoder.unknown(head("br")).refusal().sentence()).contains("`br`");
        assertThat(ContentDecoder.unknown(head("b\u00e9<r>")).refusal().sentence())
                .contains("`b??r?`");
    }

    private interface Attempt {
        void make() throws Exception;
    }

    private static void assertRefused(Attempt attempt) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(attempt::make)
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(Code.UPSTREAM_FAILED));
    }

    private static ResponseHead head(String coding) {
        return new ResponseHead(200, Fields.of("Content-Encoding", coding));
    }

    private static ContentDecoder decoder(String coding) {
        return ContentDecoder.of(head(coding)).orElseThrow();
    }

    private static byte[] decode(String coding, byte[] body, int piece) throws RefusedException {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        try (ContentDecoder decoder = decoder(coding)) {
            for (int at = 0; at < body.length; at += piece) {
                int length = Math.min(piece, body.length - at);
                decoded.writeBytes(decoder.decode(ByteBuffer.wrap(body, at, length)));
            }
            decoder.finish();
        }
        return decoded.toByteArray();
    }

    private static byte[] gzip(byte... text) throws IOException {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(coded)) {
            gzip.write(text);
        }
        return coded.toByteArray();
    }

    private static byte[] deflate(byte[] text, boolean bare) throws IOException {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, bare);
        try (OutputStream deflate = new DeflaterOutputStream(coded, deflater)) {
            deflate.write(text);
        }
        return coded.toByteArray();
    }
}
