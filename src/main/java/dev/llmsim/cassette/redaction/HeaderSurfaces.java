package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.SecretNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The values of header lines as texts in which secrets are looked for. */
final class HeaderSurfaces {
    private final Headers headers;
    private final List<Surface> surfaces;

    HeaderSurfaces(Headers headers) {
        this.headers = headers;
        this.surfaces = headers.lines().stream().map(HeaderSurfaces::surface).toList();
    }

    List<Surface> surfaces() {
        return surfaces;
    }

    Headers rewrite(Ledger ledger) {
        if (surfaces.stream().noneMatch(Surface::isTouched)) {
            return headers;
        }
        List<Header> lines = new ArrayList<>(surfaces.size());
        for (int i = 0; i < surfaces.size(); i++) {
            Surface surface = surfaces.get(i);
            Bytes value = surface.edits(ledger).apply(surface.original());
            lines.add(new Header(
                    headers.lines().get(i).name(), new String(value.toArray(), StandardCharsets.ISO_8859_1)));
        }
        return Headers.of(lines);
    }

    private static Surface surface(Header line) {
        Bytes value = Bytes.wrap(line.value().getBytes(StandardCharsets.ISO_8859_1));
        return SecretNames.isSecretField(line.name())
                ? Surface.secret(value, Place.TEXT)
                : new Surface(value, Place.TEXT);
    }
}
