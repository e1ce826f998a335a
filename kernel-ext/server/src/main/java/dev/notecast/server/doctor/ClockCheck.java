package dev.notecast.server.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** The clock, against the {@code Date} of an answer from the web (RFC 9110 §6.6.1). Blocks for 8 s at most. */
final class ClockCheck {
    private static final String WHAT = "Clock";
    private static final String MEANING = "TLS certificates and TURN credentials go by it";
    private static final String FIX = "sudo timedatectl set-ntp true";
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(4);
    private static final Duration TOLERANCE = Duration.ofMinutes(2); // credentials with a time in them stand that much

    private ClockCheck() {}

    /** Whether it is wrong as far as anybody has told. */
    static Checked<Boolean> run(Optional<URI> web, InstantSource clock) {
        return run(web, clock, HttpClient.newBuilder());
    }

    /** @param builder trusts whom the web server's certificate is signed by */
    static Checked<Boolean> run(Optional<URI> web, InstantSource clock, HttpClient.Builder builder) {
        if (web.isEmpty()) {
            return unknown("nobody was asked for the time");
        }
        if (Names.lookUp(web.get().getHost()).isEmpty()) {
            return unknown("no address is known for " + web.get().getHost());
        }
        HttpRequest request = HttpRequest.newBuilder(web.get())
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE)
                .build();
        try (HttpClient http = builder.connectTimeout(CONNECT_PATIENCE).build()) {
            Instant before = clock.instant();
            HttpResponse<Void> answer = http.send(request, HttpResponse.BodyHandlers.discarding());
            Instant after = clock.instant();
            Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
            return answer.headers()
                    .firstValue("Date")
                    .flatMap(ClockCheck::parse)
                    .map(theirs ->
                            compared(Duration.between(theirs, middle), web.get().getHost()))
                    .orElseGet(() -> unknown(web.get().getHost() + " tells no time"));
        } catch (IOException e) {
            return refused(e)
                    ? byCertificate(web.get(), clock.instant())
                    : unknown(web.get().getHost() + " does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown("it took too long");
        }
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static boolean refused(Throwable e) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof CertificateExpiredException || each instanceof CertificateNotYetValidException) {
                return true;
            }
        }
        return false;
    }

    /** A great service does not forget its certificate; a clock that stands in another year says it did. */
    private static Checked<Boolean> byCertificate(URI web, Instant now) {
        return Checked.of(
                true,
                Finding.problem(
                        WHAT,
                        "it shows " + now.toString().substring(0, 10) + ", when the certificate of " + web.getHost()
                                + " is not valid",
                        MEANING,
                        FIX));
    }

    private static Checked<Boolean> unknown(String why) {
        return Checked.of(false, Finding.note(WHAT, "not compared: " + why, "", ""));
    }

    private static Checked<Boolean> compared(Duration ahead, String host) {
        if (ahead.abs().compareTo(TOLERANCE) > 0) {
            String direction = ahead.isNegative() ? " behind " : " ahead of ";
            return Checked.of(true, Finding.problem(WHAT, words(ahead.abs()) + direction + host, MEANING, FIX));
        }
        // the header has whole seconds
        String text = ahead.abs().compareTo(Duration.ofSeconds(2)) <= 0
                ? "right, by " + host
                : words(ahead.abs()) + " off, by " + host + ", which does no harm";
        return Checked.of(false, Finding.ok(WHAT, text));
    }

    private static String words(Duration time) {
        if (time.compareTo(Duration.ofDays(2)) >= 0) {
            return time.toDays() + " days";
        }
        if (time.compareTo(Duration.ofHours(2)) >= 0) {
            return String.format(Locale.ROOT, "%d h %d min", time.toHours(), time.toMinutesPart());
        }
        return time.compareTo(Duration.ofMinutes(2)) >= 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
