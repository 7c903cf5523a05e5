package dev.llmsim.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Servers that speak TLS with certificates of the test authority: {@code good.p12} is for {@code upstream.test} and
 * 127.0.0.1, {@code wrong.p12} for another host.
 */
public final class TestTls {
    public static final Path CA = Path.of("src/test/resources/tls/ca.pem").toAbsolutePath();
    public static final Path CLIENT_CERTIFICATE =
            Path.of("src/test/resources/tls/client.pem").toAbsolutePath();
    public static final Path CLIENT_KEY =
            Path.of("src/test/resources/tls/client-key.pem").toAbsolutePath();
    private static final char[] PASSWORD = "changeit".toCharArray();

    private TestTls() {}

    /** Server sockets that show the certificate in {@code keyStore}. */
    public static ServerSocketFactory server(String keyStore) throws Exception {
        return context(keyStore).getServerSocketFactory();
    }

    /** Speaks TLS over {@code plain} as a server that demands the test client's certificate. */
    public static SSLSocket demandingACertificate(RawConnection plain, String protocol) throws Exception {
        SSLSocket socket = (SSLSocket) context("good.p12")
                .getSocketFactory()
                .createSocket(plain.socket(), "127.0.0.1", plain.socket().getPort(), false);
        socket.setUseClientMode(false);
        socket.setNeedClientAuth(true);
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }

    /** The host names that the client of {@code connection} asked for (SNI). */
    public static List<String> askedFor(RawConnection connection) throws IOException {
        SSLSocket socket = (SSLSocket) connection.socket();
        socket.startHandshake();
        return ((ExtendedSSLSession) socket.getSession())
                .getRequestedServerNames().stream()
                        .map(name -> new SNIHostName(name.getEncoded()).getAsciiName())
                        .toList();
    }

    private static SSLContext context(String keyStore) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = TestTls.class.getResourceAsStream("/tls/" + keyStore)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trustingTheClient().getTrustManagers(), null);
        return context;
    }

    private static TrustManagerFactory trustingTheClient() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(CLIENT_CERTIFICATE)) {
            trusted.setCertificateEntry(
                    "client", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return trust;
    }
}
