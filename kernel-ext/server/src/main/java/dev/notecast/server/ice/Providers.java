package dev.notecast.server.ice;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The services that give TURN servers for a key, and one that lends them. */
public final class Providers {
    private static final Duration DAY = Duration.ofDays(1); // sessions may last as long as their credential
    private static final String JSON = "application/json";

    private Providers() {}

    /** VDO.Ninja's own servers: lent to anybody, so for tests and for few viewers. */
    public static CredentialSource vdoNinja() {
        return new HttpProvider(vdoNinjaRequest());
    }

    static ProviderRequest vdoNinjaRequest() {
        return new ProviderRequest(
                "vdo-ninja",
                "GET",
                URI.create("https://turnservers.vdo.ninja/"),
                Map.of(),
                "",
                Optional.empty(),
                "it lends its servers to whom it likes: take another provider",
                "VDO.Ninja lends these servers: enough for a test, not for many viewers");
    }

    /** Cloudflare Realtime TURN. @param keyId of a TURN key, whose token is {@code apiToken} */
    public static CredentialSource cloudflare(String keyId, String apiToken) {
        return new HttpProvider(cloudflareRequest(keyId, apiToken));
    }

    static ProviderRequest cloudflareRequest(String keyId, String apiToken) {
        return new ProviderRequest(
                "cloudflare",
                "POST",
                URI.create("https://rtc.live.cloudflare.com/v1/turn/keys/" + encoded(keyId)
                        + "/credentials/generate-ice-servers"),
                Map.of("Authorization", "Bearer " + header(apiToken), "Content-Type", JSON),
                "{\"ttl\":" + DAY.toSeconds() + "}",
                Optional.of(DAY),
                "check TURN_KEY_ID and TURN_KEY_API_TOKEN (Cloudflare's dashboard, Realtime, TURN)",
                "");
    }

    /** Twilio's Network Traversal Service. @param user the account's SID, or an API key's with its secret */
    public static CredentialSource twilio(String accountSid, String user, String secret) {
        return new HttpProvider(twilioRequest(accountSid, user, secret));
    }

    static ProviderRequest twilioRequest(String accountSid, String user, String secret) {
        return new ProviderRequest(
                "twilio",
                "POST",
                URI.create("https://api.twilio.com/2010-04-01/Accounts/" + encoded(accountSid) + "/Tokens.json"),
                Map.of(
                        "Authorization",
                        ProviderRequest.basic(user, secret),
                        "Content-Type",
                        "application/x-www-form-urlencoded"),
                "Ttl=" + DAY.toSeconds(),
                Optional.of(DAY),
                "check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (Twilio's console)",
                "");
    }

    /** Metered, also its Open Relay. @param app its name, or the whole {@code NAME.metered.live} */
    public static CredentialSource metered(String app, String apiKey) {
        return new HttpProvider(meteredRequest(app, apiKey));
    }

    static ProviderRequest meteredRequest(String app, String apiKey) {
        String name = app.replaceFirst("^https://", "").replaceFirst("\\.metered\\.live/?$", "");
        if (!name.matches("[A-Za-z0-9-]{1,63}")) {
            throw new IllegalArgumentException(
                    "'" + app + "' is no app of Metered: METERED_DOMAIN is a name such as myapp.metered.live");
        }
        return new ProviderRequest(
                "metered",
                "GET",
                URI.create("https://" + name + ".metered.live/api/v1/turn/credentials?apiKey=" + encoded(apiKey)),
                Map.of(),
                "",
                Optional.empty(),
                "check METERED_DOMAIN and METERED_API_KEY (Metered's dashboard, TURN server; not the secret key)",
                "");
    }

    /** Xirsys. @param channel as it is called in the account */
    public static CredentialSource xirsys(String ident, String secret, String channel) {
        return new HttpProvider(xirsysRequest(ident, secret, channel));
    }

    static ProviderRequest xirsysRequest(String ident, String secret, String channel) {
        return new ProviderRequest(
                "xirsys",
                "PUT",
                URI.create("https://global.xirsys.net/_turn/" + encoded(channel)),
                Map.of("Authorization", ProviderRequest.basic(ident, secret), "Content-Type", JSON),
                "{\"format\":\"urls\",\"expire\":" + DAY.toSeconds() + "}",
                Optional.of(DAY),
                "check XIRSYS_IDENT, XIRSYS_SECRET and XIRSYS_CHANNEL (Xirsys' dashboard)",
                "");
    }

    /**
     * Whoever answers a GET with a list of servers as JSON.
     *
     * @param url with https, or http on this machine; a user and a password in it are sent as such
     */
    public static CredentialSource url(String url) {
        return new HttpProvider(urlRequest(url));
    }

    static ProviderRequest urlRequest(String text) {
        URI given;
        try {
            given = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("that is no URL: give one such as https://example.org/ice.json");
        }
        if (given.getHost() == null || !"https".equals(given.getScheme()) && !isLocalHttp(given)) {
            throw new IllegalArgumentException(
                    "credentials travel by https only: give a URL such as https://example.org/ice.json"
                            + " (http on this machine only)");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        String user = given.getUserInfo();
        if (user != null) {
            int colon = user.indexOf(':');
            headers.put(
                    "Authorization",
                    ProviderRequest.basic(
                            colon < 0 ? user : user.substring(0, colon), colon < 0 ? "" : user.substring(colon + 1)));
        }
        String place = given.getHost() + (given.getPort() < 0 ? "" : ":" + given.getPort());
        String path = given.getRawPath() == null || given.getRawPath().isEmpty() ? "/" : given.getRawPath();
        String query = given.getRawQuery() == null ? "" : "?" + given.getRawQuery();
        return new ProviderRequest(
                place,
                "GET",
                URI.create(given.getScheme() + "://" + place + path + query),
                headers,
                "",
                Optional.empty(),
                "check the URL, and the key or password in it",
                "");
    }

    private static boolean isLocalHttp(URI url) {
        if (!"http".equals(url.getScheme())) {
            return false;
        }
        String host = url.getHost();
        try { // only names that cannot lead elsewhere
            return host.equals("localhost")
                    || (host.startsWith("[") || host.matches("[0-9.]+"))
                            && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text.strip(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What does not fit into a header is no token. */
    private static String header(String token) {
        String text = token.strip();
        if (!text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("the token holds characters that no token has: copy it again");
        }
        return text;
    }
}
