package io.stagedoor.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.128/25, 10.1.2.127, false",
        "10.1.2.128/25, 10.1.2.129, true",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.2, false",
        "0.0.0.0/0, 203.0.113.7, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "10.0.0.0/8, ::ffff:10.0.0.1, true",
    })
    void containsWhatSharesItsPrefix(String network, String address, boolean inside) {
        Networks networks = Networks.parse(List.of("192.0.2.1", network));

        assertThat(networks.contains(InetAddress.ofLiteral(address))).isEqualTo(inside);
    }

    @Test
    void noneContainsNothing() {
        assertThat(Networks.NONE.contains(InetAddress.ofLiteral("127.0.0.1"))).isFalse();
        assertThat(Networks.parse(List.of()).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/33", "host.example", "10.0.0.0/-1", "10.0.0.0/x"})
    void refusesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> Networks.parse(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
