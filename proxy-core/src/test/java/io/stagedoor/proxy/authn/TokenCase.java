package io.stagedoor.proxy.authn;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.refusal.Code;
import java.util.function.Function;

/**
 * One row of the table of bad tokens.
 *
 * @param row the row's number and what is wrong with the token
 * @param token makes the token
 * @param expected the code in the audit record
 * @param fetches how many fetches of the issuer's key set it causes
 */
record TokenCase(String row, Function<AuthnFixture, String> token, Code expected, int fetches) {

    static TokenCase of(String row, Code expected, Function<AuthnFixture, String> token) {
        return new TokenCase(row, token, expected, 0);
    }

    static TokenCase fetching(String row, Code expected, Function<AuthnFixture, String> token) {
        return new TokenCase(row, token, expected, 1);
    }

    /** Checks the row, and that the very same answer comes again without further work. */
    void check(AuthnFixture fixture) {
        String bad = token.apply(fixture);

        Code first = fixture.codeOf(bad);
        Code second = fixture.codeOf(bad);

        assertThat(first).isEqualTo(expected);
        assertThat(second).isEqualTo(expected);
        assertThat(fixture.fetches()).as("fetches of the key set").isEqualTo(fetches);
    }

    @Override
    public String toString() {
        return row;
    }
}
