package io.stagedoor.proxy.credential;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Demand;
import io.stagedoor.proxy.refusal.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * What a caller is told whose token could not be exchanged for one that the service takes, as far as
 * the caller, or who looks after the caller's account, can do something about it.
 *
 * @param authorizationUri where Entra's clients are sent to sign in
 */
record ExchangeRefusals(String authorizationUri) {

    /** Returns what the caller is told; nothing if the cause is the proxy's own. */
    Optional<Refusal> refusalOf(EntraAnswer answer) {
        return answer.claims()
                .map(this::challenge)
                .or(() -> ofNumber(answer.number()))
                .or(() -> answer.interaction() ? Optional.of(signIn()) : Optional.empty());
    }

    /** The client's library asks Entra for a token with these claims, and sends that. */
    private Refusal challenge(String claims) {
        return signInRefusal().demanding(new Demand.Claims(authorizationUri, claims));
    }

    private static Refusal signIn() {
        return signInRefusal().demanding(new Demand.SignIn(List.of(), Optional.empty()));
    }

    private static Refusal signInRefusal() {
        return Refusal.of(
                Code.STEP_UP_REQUIRED,
                "the directory wants the user to sign in anew before the proxy may act for them at"
                        + " the service",
                "sign in again as the challenge says, and send the new token");
    }

    private static Optional<Refusal> ofNumber(String number) {
        return switch (number) {
            case "65001", "65004", "90094", "650057" -> Optional.of(noConsent(number));
            case "50013", "500131", "5000224", "50027", "700211" ->
                    Optional.of(wrongAudience(number));
            case "7000114", "240001", "240002" -> Optional.of(noUser(number));
            case "50173", "700082", "70043", "50058", "50078", "50079", "50076", "50132" ->
                    Optional.of(signIn());
            case "50105", "53003", "53000", "53001", "50057" -> Optional.of(barred(number));
            default -> Optional.empty();
        };
    }

    private static Refusal noConsent(String number) {
        return unavailable(
                "nobody consented that the proxy acts for this user at the service (AADSTS"
                        + number
                        + ")",
                "have an administrator consent to the service's delegated permission for the"
                        + " proxy's application");
    }

    private static Refusal wrongAudience(String number) {
        return unavailable(
                "the token cannot be exchanged: it is not one for the proxy's own application"
                        + " (AADSTS"
                        + number
                        + ")",
                "ask for a token whose audience is the proxy's application, and not the service");
    }

    private static Refusal noUser(String number) {
        return unavailable(
                "the token is that of an application, for which nobody can act (AADSTS"
                        + number
                        + ")",
                "send a user's token; applications need a way to the service that does not act on"
                        + " behalf of users");
    }

    private static Refusal barred(String number) {
        return unavailable(
                "the directory does not let this user use the service (AADSTS" + number + ")",
                "ask the administrators of the directory; conditional access, the user assignment"
                        + " or the account stands in the way");
    }

    private static Refusal unavailable(String sentence, String help) {
        return Refusal.of(Code.CREDENTIAL_UNAVAILABLE, sentence, help);
    }
}
