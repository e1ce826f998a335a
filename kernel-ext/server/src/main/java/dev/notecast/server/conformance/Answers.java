package dev.notecast.server.conformance;

import static dev.notecast.server.conformance.Rule.present;
import static dev.notecast.server.conformance.Rule.require;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;

/** What checks say about HTTP answers. */
final class Answers {
    private Answers() {}

    static Optional<String> header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name);
    }

    /** The media type without parameters. */
    static String type(HttpResponse<String> response) {
        return header(response, "Content-Type")
                .orElse("none")
                .split(";", 2)[0]
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    static String requireStatus(HttpResponse<String> response, int status) {
        require(response.statusCode() == status, "answered " + status(response) + ", not " + status);
        return status(response);
    }

    static String requireClientError(HttpResponse<String> response) {
        require(response.statusCode() / 100 == 4, "answered " + status(response) + ", not 4xx");
        return status(response);
    }

    /** The status with the server's own words, if it has some. */
    static String status(HttpResponse<String> response) {
        String line = response.body().lines().findFirst().orElse("").strip();
        boolean words = !line.isEmpty() && response.statusCode() >= 400;
        return response.statusCode()
                + (words ? " (" + (line.length() > 90 ? line.substring(0, 90) + ".." : line) + ")" : "");
    }

    static URI location(URI endpoint, HttpResponse<String> created) {
        return endpoint.resolve(present(header(created, "Location"), "there is no Location"));
    }
}
