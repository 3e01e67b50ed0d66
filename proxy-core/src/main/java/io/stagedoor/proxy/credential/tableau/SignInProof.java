package io.stagedoor.proxy.credential.tableau;

/** What a sign-in call shows. */
sealed interface SignInProof {

    /**
     * An assertion about a user.
     *
     * @param value the JWT
     * @param unified whether it is a unified access token
     */
    record Assertion(String value, boolean unified) implements SignInProof {

        /** Masks the value. */
        @Override
        public String toString() {
            return "Assertion[****]";
        }
    }

    /**
     * A personal access token.
     *
     * @param name its name
     * @param secret its secret
     */
    record AccessToken(String name, String secret) implements SignInProof {

        /** Masks the secret. */
        @Override
        public String toString() {
            return "AccessToken[" + name + ", ****]";
        }
    }
}
