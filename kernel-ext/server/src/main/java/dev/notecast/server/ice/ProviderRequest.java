package dev.notecast.server.ice;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * How a provider is asked.
 *
 * @param name as people see it; never a key
 * @param url may hold a key
 * @param headers may hold a key
 * @param body empty for none
 * @param life of credentials that do not say it themselves, empty when nobody knows
 * @param fix what to look at when the provider does not let us in
 * @param note what users should know about its servers, empty when there is nothing to say
 */
record ProviderRequest(
        String name,
        String method,
        URI url,
        Map<String, String> headers,
        String body,
        Optional<Duration> life,
        String fix,
        String note) {
    ProviderRequest {
        headers = Map.copyOf(headers);
    }

    static String basic(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    /** The same at another place, for tests. */
    ProviderRequest at(URI base) {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return new ProviderRequest(
                name, method, base.resolve(url.getRawPath() + query), headers, body, life, fix, note);
    }

    /** Leaves out the keys. */
    @Override
    public String toString() {
        return "ProviderRequest[" + name + "]";
    }
}
