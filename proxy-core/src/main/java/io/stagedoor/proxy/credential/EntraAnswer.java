package io.stagedoor.proxy.credential;

import com.microsoft.aad.msal4j.MsalException;
import com.microsoft.aad.msal4j.MsalInteractionRequiredException;
import com.microsoft.aad.msal4j.MsalServiceException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why Entra gave no token, as far as its answer tells.
 *
 * @param failure what is said of it: by Entra itself, if it answered
 * @param number the number of the error (<a
 *     href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">AADSTS</a>),
 *     or empty
 * @param code the code of RFC 6749, section 5.2, or empty
 * @param interaction whether the user has to do something
 * @param claims the claims that the next token of the user must have, in the words of a claims
 *     request, if Entra named any
 */
record EntraAnswer(
        Throwable failure,
        String number,
        String code,
        boolean interaction,
        Optional<String> claims) {

    private static final Pattern NUMBER = Pattern.compile("AADSTS(\\d{3,9})");
    private static final int LONGEST_CLAIMS = 8 * 1024;
    private static final int DEEPEST = 16;

    /** Wrong secret, expired secret, and a certificate that is not the application's. */
    private static final Set<String> BAD_SECRET = Set.of("7000215", "7000222", "700027", "7000216");

    /** Reads what a failure of the library has to say. */
    static EntraAnswer of(Throwable failure) {
        Optional<MsalServiceException> said =
                causes(failure)
                        .filter(MsalServiceException.class::isInstance)
                        .map(MsalServiceException.class::cast)
                        .findFirst();
        String number =
                causes(failure)
                        .map(cause -> NUMBER.matcher(String.valueOf(cause.getMessage())))
                        .filter(Matcher::find)
                        .map(found -> found.group(1))
                        .findFirst()
                        .orElse("");
        return new EntraAnswer(
                causes(failure).filter(MsalException.class::isInstance).findFirst().orElse(failure),
                number,
                said.flatMap(answer -> Optional.ofNullable(answer.errorCode())).orElse(""),
                said.filter(MsalInteractionRequiredException.class::isInstance).isPresent(),
                said.flatMap(answer -> Optional.ofNullable(answer.claims()))
                        .filter(claims -> !claims.isBlank() && claims.length() <= LONGEST_CLAIMS));
    }

    /** Returns whether another secret or certificate of the application may be taken. */
    boolean isOfSecret() {
        return BAD_SECRET.contains(number) || (number.isEmpty() && code.equals("invalid_client"));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(DEEPEST);
    }
}
