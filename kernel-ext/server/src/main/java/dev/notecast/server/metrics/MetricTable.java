package dev.notecast.server.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the values of one scrape. Not for several threads. */
final class MetricTable {
    private record Value(Labels labels, double value) {}

    private record Metric(String help, boolean counter, List<Value> values) {}

    private final Map<String, Metric> metrics = new LinkedHashMap<>();

    /** @param name without {@code _total}, which the format adds */
    MetricTable counter(String name, String help, double value, String... labels) {
        return add(name, help, true, value, labels);
    }

    MetricTable gauge(String name, String help, double value, String... labels) {
        return add(name, help, false, value, labels);
    }

    private MetricTable add(String name, String help, boolean counter, double value, String... labels) {
        metrics.computeIfAbsent(name, each -> new Metric(help, counter, new ArrayList<>()))
                .values()
                .add(new Value(Labels.of(labels), value));
        return this;
    }

    MetricSnapshots snapshots() {
        return new MetricSnapshots(metrics.entrySet().stream()
                .map(entry -> snapshot(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static MetricSnapshot snapshot(String name, Metric metric) {
        if (metric.counter()) {
            var counter = CounterSnapshot.builder().name(name).help(metric.help());
            metric.values()
                    .forEach(each -> counter.dataPoint(CounterDataPointSnapshot.builder()
                            .labels(each.labels())
                            .value(each.value())
                            .build()));
            return counter.build();
        }
        var gauge = GaugeSnapshot.builder().name(name).help(metric.help());
        metric.values()
                .forEach(each -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(each.labels())
                        .value(each.value())
                        .build()));
        return gauge.build();
    }
}
