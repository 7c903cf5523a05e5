package dev.llmsim.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
    private static boolean isDirect(String origin, String exceptions) {
        Proxies proxies = Proxies.of("http://proxy.test:3128", "http://proxy.test:3128", exceptions);
        return proxies.towards(ServerAddress.of(URI.create(origin))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://api.example.com      | api.example.com",
                "https://API.Example.com      | api.EXAMPLE.com",
                "https://api.example.com      | example.com",
                "https://api.example.com      | .example.com",
                "https://api.example.com      | *.example.com",
                "https://example.com          | .example.com",
                "https://api.example.com      | x, , .example.com ,y",
                "https://api.example.com      | *",
                "https://api.example.com      | api.example.com:443",
                "http://api.example.com:8080  | .example.com:8080",
                "https://api.example.com.     | api.example.com",
                "https://10.1.2.3             | 10.1.2.3",
                "http://10.1.2.3:8080         | 10.1.2.3:8080",
                "http://[fd00::2]:8080        | fd00::2",
                "http://[fd00::2]:8080        | [fd00::2]",
                "http://[fd00::2]:8080        | [fd00::2]:8080",
                "http://[fd00::2]             | FD00:0:0::2",
                "http://127.0.0.9:1           | none",
                "http://[::1]:1               | none",
                "http://localhost:1           | none",
            })
    void isReachedDirectly(String origin, String exceptions) {
        assertThat(isDirect(origin, exceptions)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://api.example.com      | xample.com",
                "https://api.example.com      | pi.example.com",
                "https://example.com          | api.example.com",
                "https://api.example.com      | api.example.com:8443",
                "http://api.example.com:8080  | .example.com:443",
                "https://10.1.2.3             | 10.1.2",
                "https://10.1.2.3             | 2.3",
                "http://[fd00::2]             | fd00::",
                "https://127.example.com      | none",
                "https://localhost.evil.test  | none",
            })
    void isReachedByTheProxy(String origin, String exceptions) {
        assertThat(isDirect(origin, exceptions)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks5://u:pa55word@h:1",
                "http://u:pa55word@",
                "http://u:pa55word^@h:1",
                "u:pa55word@h:port",
                "ftp://u:pa55word@h",
            })
    void whatIsNoProxyIsRefusedWithoutItsPassword(String address) {
        assertThatThrownBy(() -> Proxies.of("", address, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageContaining("http://HOST:PORT")
                .hasMessageNotContaining("pa55word");
    }

    @Test
    void eachSchemeHasItsOwnProxy() {
        Proxies proxies = Proxies.of("plain.test:1", "secure.test:2", "");
        assertThat(proxies.towards(ServerAddress.of(URI.create("http://up.test"))))
                .contains(URI.create("http://plain.test:1"));
        assertThat(proxies.towards(ServerAddress.of(URI.create("https://up.test"))))
                .contains(URI.create("http://secure.test:2"));
        assertThat(Proxies.of("plain.test:1", "", "").towards(ServerAddress.of(URI.create("https://up.test"))))
                .isEmpty();
    }
}
