package dev.llmsim.gateway;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the TLS settings for upstreams. Reads files: not on an event loop. */
final class TlsContext {
    private TlsContext() {}

    static SslContext of(UpstreamTls tls) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .endpointIdentificationAlgorithm("HTTPS")
                    .trustManager(trust(tls.extraCaOrNull()));
            Path certificate = tls.certificateOrNull();
            Path key = tls.keyOrNull();
            if (certificate != null && key != null) {
                builder.keyManager(certificate.toFile(), key.toFile());
            }
            return builder.build();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new LlmSimException(
                    ErrorCode.USAGE,
                    "TLS files for upstreams: extra CA " + shown(tls.extraCaOrNull()) + ", certificate "
                            + shown(tls.certificateOrNull()) + ", key " + shown(tls.keyOrNull())
                            + ": cannot be used: " + e.getMessage()
                            + " (expected: readable PEM files; the key unencrypted PKCS #8)",
                    e);
        }
    }

    private static String shown(@Nullable Path file) {
        return file == null ? "none" : file.toString();
    }

    private static TrustManagerFactory trust(@Nullable Path extraCa) throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        if (extraCa == null) {
            return factory;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int count = 0;
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                for (X509Certificate issuer : x509.getAcceptedIssuers()) {
                    store.setCertificateEntry("platform-" + count++, issuer);
                }
            }
        }
        for (Certificate certificate : read(extraCa)) {
            store.setCertificateEntry("extra-" + count++, certificate);
        }
        factory.init(store);
        return factory;
    }

    private static Iterable<? extends Certificate> read(Path pem) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IOException(pem + " holds no certificate");
            }
            return certificates;
        }
    }
}
