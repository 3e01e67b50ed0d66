package io.stagedoor.proxy.cli.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RandomTextTest {
    /** RFC 7636, appendix B. */
    @Test
    void theChallengeIsThatOfTheRfc() {
        String challenge = RandomText.challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

        assertThat(challenge).isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    @Test
    void noTwoAreTheSameAndEachIsFitForAVerifier() {
        assertThat(RandomText.next()).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(RandomText.next());
    }
}
