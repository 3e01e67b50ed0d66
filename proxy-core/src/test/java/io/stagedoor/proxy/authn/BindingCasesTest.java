package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.refusal.Code.TOKEN_BINDING;
import static io.stagedoor.proxy.refusal.Code.TOKEN_MALFORMED;
import static io.stagedoor.proxy.refusal.Code.TOKEN_MISSING;
import static io.stagedoor.proxy.refusal.Code.TOKEN_PROOF;
import static io.stagedoor.proxy.refusal.Code.TOKEN_UNACCEPTABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagedoor.proxy.authn.jose.SignatureAlgorithm;
import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Demand;
import io.stagedoor.proxy.refusal.Refusal;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Row 93: tokens that are bound to their sender, and how the sender proves to be it. */
class BindingCasesTest {

    private static final String URL = "https://proxy.example:8443/synapse/demo/pipelines/nightly";
    private static final String TARGET = "/synapse/demo/pipelines/nightly?api-version=1";
    private static final String THUMBPRINT = Proofs.digest("a certificate");

    private final AuthnFixture fixture = new AuthnFixture();

    @BeforeEach
    void start() {
        fixture.reset(AuthnFixture.LIMITS);
        use(BindingRule.ACCEPTED);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void use(BindingRule rule) {
        TokenRules rules =
                new TokenRules(
                        Set.of("api1"),
                        EnumSet.of(SignatureAlgorithm.RS256),
                        AuthnFixture.SKEW,
                        Optional.empty(),
                        false,
                        rule);
        fixture.use(AuthnFixture.LIMITS, AuthnFixture.NO_RENEWAL, fixture.entraIssuer(rules));
    }

    private String bound(String member, String thumbprint) {
        return fixture.good().claim("cnf", Map.of(member, thumbprint)).sign(TestKeys.RSA);
    }

    private String boundToKey() {
        return bound("jkt", Proofs.thumbprint(TestKeys.P256));
    }

    /** Sends a request, and returns why it is refused. */
    private Optional<Refusal> send(
            String scheme, String token, Optional<String> certificate, String... proofs) {
        Fields.Builder fields =
                Fields.builder()
                        .add("Host", "proxy.example:8443")
                        .add("Authorization", scheme + " " + token);
        List.of(proofs).forEach(proof -> fields.add("DPoP", proof));
        try {
            RequestHead head = RequestHead.parse("GET", TARGET, fields.build());
            VerifiedToken verified =
                    fixture.authenticator()
                            .authenticate(head.authorization(), Set.of(), new LastToken(), "::1");
            fixture.authenticator()
                    .requirePossession(verified, new Sender(head, certificate, "::1"));
            return Optional.empty();
        } catch (RefusedException refused) {
            assertThat(refused.toString()).doesNotContain(token);
            return Optional.of(refused.refusal());
        }
    }

    private Optional<Code> sendDpop(String token, String... proofs) {
        return send("DPoP", token, Optional.empty(), proofs).map(Refusal::code);
    }

    private Optional<Code> sendBearer(String token, String... proofs) {
        return send("Bearer", token, Optional.empty(), proofs).map(Refusal::code);
    }

    private Draft proofFor(String token) {
        return Proofs.draft("GET", URL, token, fixture.clock.instant());
    }

    @Test
    void certificateOfTheConnectionMustBeTheTokens() {
        String token = bound("x5t#S256", THUMBPRINT);

        assertThat(send("Bearer", token, Optional.of(THUMBPRINT))).isEmpty();
        assertThat(send("Bearer", token, Optional.of(Proofs.digest("another"))))
                .map(Refusal::code)
                .contains(TOKEN_BINDING);
        assertThat(send("Bearer", token, Optional.empty()).map(Refusal::code))
                .contains(TOKEN_BINDING);
        assertThat(send("Bearer", token, Optional.of(THUMBPRINT))).isEmpty();
    }

    @Test
    void aBearerTokenNeedsNoCertificateUnlessTheIssuerIsSetToIt() {
        String token = fixture.good().sign(TestKeys.RSA);
        assertThat(sendBearer(token)).isEmpty();

        use(BindingRule.REQUIRED);

        assertThat(sendBearer(token)).contains(TOKEN_UNACCEPTABLE);
        assertThat(send("Bearer", bound("x5t#S256", THUMBPRINT), Optional.of(THUMBPRINT)))
                .isEmpty();
    }

    @Test
    void whereBindingIsNotSetUpBoundTokensAreRefusedAndTheSchemeIsUnknown() {
        use(BindingRule.REFUSED);

        assertThat(send("Bearer", bound("x5t#S256", THUMBPRINT), Optional.of(THUMBPRINT)))
                .map(Refusal::code)
                .contains(TOKEN_UNACCEPTABLE);
        Optional<Refusal> unknown = send("DPoP", boundToKey(), Optional.empty());
        assertThat(unknown.map(Refusal::code)).contains(TOKEN_MISSING);
        assertThat(unknown.flatMap(Refusal::demand)).isEmpty();
    }

    static Stream<Arguments> confirmations() {
        return Stream.of(
                Arguments.of(Map.of(), TOKEN_UNACCEPTABLE),
                Arguments.of("x", TOKEN_UNACCEPTABLE),
                Arguments.of(Map.of("kid", "x"), TOKEN_UNACCEPTABLE),
                Arguments.of(Map.of("jkt", THUMBPRINT, "jwk", Map.of()), TOKEN_UNACCEPTABLE),
                Arguments.of(Map.of("jkt", 1), TOKEN_MALFORMED),
                Arguments.of(Map.of("jkt", "short"), TOKEN_MALFORMED),
                Arguments.of(Map.of("x5t#S256", THUMBPRINT + "="), TOKEN_MALFORMED),
                Arguments.of(Map.of("x5t#S256", "_".repeat(43)), TOKEN_MALFORMED));
    }

    @ParameterizedTest
    @MethodSource("confirmations")
    void bindingThatCannotBeCheckedIsRefused(Object confirmation, Code code) {
        String token = fixture.good().claim("cnf", confirmation).sign(TestKeys.RSA);

        assertThat(sendBearer(token)).contains(code);
    }

    @Test
    void goodProofIsTakenOnce() {
        String token = boundToKey();
        String proof = proofFor(token).sign(TestKeys.P256);

        assertThat(sendDpop(token, proof)).isEmpty();
        assertThat(sendDpop(token, proof)).contains(TOKEN_PROOF);
        assertThat(sendDpop(token, proofFor(token).sign(TestKeys.P256))).isEmpty();
    }

    @Test
    void tokenMayBeBoundToBoth() {
        String token =
                fixture.good()
                        .claim(
                                "cnf",
                                Map.of(
                                        "jkt",
                                        Proofs.thumbprint(TestKeys.P256),
                                        "x5t#S256",
                                        THUMBPRINT))
                        .sign(TestKeys.RSA);

        assertThat(sendDpop(token, proofFor(token).sign(TestKeys.P256))).contains(TOKEN_BINDING);
        assertThat(
                        send(
                                "DPoP",
                                token,
                                Optional.of(THUMBPRINT),
                                proofFor(token).sign(TestKeys.P256)))
                .isEmpty();
    }

    @Test
    void howATokenIsShownMustFitWhatItIs() {
        String token = boundToKey();
        String plain = fixture.good().sign(TestKeys.RSA);

        assertThat(sendBearer(token)).contains(TOKEN_BINDING);
        assertThat(sendBearer(token, proofFor(token).sign(TestKeys.P256))).contains(TOKEN_BINDING);
        assertThat(sendBearer(plain, proofFor(plain).sign(TestKeys.P256))).contains(TOKEN_PROOF);
        assertThat(sendDpop(plain, proofFor(plain).sign(TestKeys.P256))).contains(TOKEN_BINDING);
        assertThat(sendDpop(token)).contains(TOKEN_PROOF);
        String one = proofFor(token).sign(TestKeys.P256);
        String two = proofFor(token).sign(TestKeys.P256);
        assertThat(sendDpop(token, one, two)).contains(TOKEN_PROOF);
        assertThat(sendDpop(token, one + ", " + two)).contains(TOKEN_PROOF);
        assertThat(sendDpop(token, one)).isEmpty();
    }

    @Test
    void refusalsSayWhichProofsAreTaken() {
        Refusal refusal = send("Bearer", "a.b.c", Optional.empty()).orElseThrow();

        assertThat(refusal.demand()).contains(new Demand.Proof(List.of("RS256", "ES256", "PS256")));
    }

    static Stream<Arguments> badProofs() {
        return Proofs.mistakes().entrySet().stream()
                .map(mistake -> Arguments.of(mistake.getKey(), mistake.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badProofs")
    void badProofIsRefused(String what, UnaryOperator<Draft> change) {
        String token = boundToKey();

        String proof = change.apply(proofFor(token)).signAs("ES256", TestKeys.P256);

        assertThat(sendDpop(token, proof)).as(what).contains(TOKEN_PROOF);
    }

    @ParameterizedTest
    @CsvSource({
        "https://proxy.example:8443/synapse/demo/pipelines/nightly, true",
        "HTTPS://PROXY.example:8443/synapse/demo/pipelines/nightly, true",
        "https://proxy.example:8443/synapse/demo/pipelines/%6eightly, true",
        "https://proxy.example:8443/synapse/demo/pipelines/nightly?x=1#y, true",
        "http://proxy.example:8443/synapse/demo/pipelines/nightly, false",
        "https://proxy.example/synapse/demo/pipelines/nightly, false",
        "https://other.example:8443/synapse/demo/pipelines/nightly, false",
        "https://u@proxy.example:8443/synapse/demo/pipelines/nightly, false",
        "https://proxy.example:8443/pipelines/nightly, false",
        "https://proxy.example:8443/synapse/demo/pipelines/Nightly, false",
        "https://proxy.example:8443/synapse/demo/x/../pipelines/nightly, false",
        "https://proxy.example:8443, false",
        "/synapse/demo/pipelines/nightly, false",
        "not a url, false",
    })
    void theUrlIsTheOneThatTheClientAskedFor(String url, boolean taken) {
        String token = boundToKey();

        String proof = proofFor(token).claim("htu", url).sign(TestKeys.P256);

        assertThat(sendDpop(token, proof).isEmpty()).isEqualTo(taken);
    }

    @Test
    void foreignKeysAndSignaturesAreRefused() {
        String token = boundToKey();
        Draft ofAnother = proofFor(token).header("jwk", Proofs.publicKey(TestKeys.OTHER_P256));
        String good = proofFor(token).sign(TestKeys.P256);

        assertThat(sendDpop(token, ofAnother.sign(TestKeys.OTHER_P256))).contains(TOKEN_BINDING);
        assertThat(sendDpop(token, proofFor(token).sign(TestKeys.OTHER_P256)))
                .contains(TOKEN_PROOF);
        assertThat(sendDpop(token, good.substring(0, good.lastIndexOf('.') + 1)))
                .contains(TOKEN_PROOF);
        assertThat(sendDpop(token, good + "=")).contains(TOKEN_PROOF);
        assertThat(sendDpop(token, good)).isEmpty();
    }

    @Test
    void timeOfAProofHasTwoSides() {
        String token = boundToKey();
        long now = fixture.clock.instant().getEpochSecond();

        assertThat(sendDpop(token, proofFor(token).claim("iat", now - 60).sign(TestKeys.P256)))
                .isEmpty();
        assertThat(sendDpop(token, proofFor(token).claim("iat", now + 60).sign(TestKeys.P256)))
                .isEmpty();
    }

    @Test
    void signatureOfAProofIsNotForEventLoops() throws RefusedException {
        VerifiedToken bound = fixture.accept(boundToKey());
        VerifiedToken plain = fixture.accept(fixture.good().sign(TestKeys.RSA));

        assertThat(TokenAuthenticator.provesByKey(bound)).isTrue();
        assertThat(TokenAuthenticator.provesByKey(plain)).isFalse();
        assertThat(bound.binding().key()).contains(Proofs.thumbprint(TestKeys.P256));
        RefusedException none =
                catchThrowableOfType(
                        RefusedException.class,
                        () ->
                                fixture.authenticator()
                                        .requirePossession(
                                                bound,
                                                new Sender(
                                                        RequestHead.parse(
                                                                "GET", "/", Fields.of("Host", "h")),
                                                        Optional.empty(),
                                                        "::1")));
        assertThat(none.code()).isEqualTo(TOKEN_MISSING);
    }
}
