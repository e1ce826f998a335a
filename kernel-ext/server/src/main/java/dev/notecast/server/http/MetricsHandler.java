package dev.notecast.server.http;

import dev.notecast.server.metrics.ServerMetrics;
import io.javalin.http.Context;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** {@code /metrics} in Prometheus's text format 0.0.4, or as OpenMetrics 1.0.0 to who asks for that. */
final class MetricsHandler {
    private final MediaApi media;
    private final ServerMetrics metrics = new ServerMetrics();
    private final ExpositionFormatWriter prometheus = PrometheusTextFormatWriter.create();
    private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();

    MetricsHandler(MediaApi media) {
        this.media = media;
    }

    void handle(Context ctx) throws IOException {
        Exchange.requireGet(ctx);
        String accept = ctx.header("Accept");
        boolean open = accept != null && accept.contains("application/openmetrics-text");
        ExpositionFormatWriter writer = open ? openMetrics : prometheus;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        writer.write(body, metrics.snapshots(media.figures()));
        ctx.header("Cache-Control", "no-store");
        ctx.contentType(writer.getContentType()).result(body.toByteArray());
    }
}
