package io.stagedoor.proxy.authn.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The native provider is used where it can be, by us alone, and only if it proves right. */
class SignatureProviderTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void nativeProviderIsUsedOnLinux() {
        assertThat(SignatureProvider.FASTEST)
                .map(Provider::getName)
                .contains("AmazonCorrettoCryptoProvider");
    }

    @Test
    void restOfTheRuntimeDoesNotUseIt() {
        Optional<Provider> used = SignatureProvider.FASTEST;

        assertThat(Arrays.asList(Security.getProviders()))
                .noneMatch(registered -> used.filter(registered::equals).isPresent());
    }

    @Test
    void bothTellTrueSignaturesFromAlteredOnes() {
        assertThatCode(() -> KnownSignatures.requireToldApart(SignatureProvider.FASTEST))
                .doesNotThrowAnyException();
        assertThatCode(() -> KnownSignatures.requireToldApart(Optional.empty()))
                .doesNotThrowAnyException();
    }

    @Test
    void providerWithoutTheAlgorithmsDoesNotPass() {
        Provider other = Security.getProvider("SunJCE");

        assertThatThrownBy(() -> KnownSignatures.requireToldApart(Optional.of(other)))
                .isInstanceOf(Exception.class);
    }
}
