"""Reads a server's /metrics with Prometheus's own parser and prints {name{labels}: value} as one line of JSON.

read_metrics.py URL text|openmetrics
"""

import json
import sys
import urllib.request

from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_openmetrics
from prometheus_client.parser import text_string_to_metric_families as parse_text

url, form = sys.argv[1:]
accept = "application/openmetrics-text; version=1.0.0" if form == "openmetrics" else "text/plain"
parse = parse_openmetrics if form == "openmetrics" else parse_text
with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept": accept}), timeout=10) as answer:
    families = list(parse(answer.read().decode()))
samples = {}
for family in families:
    for sample in family.samples:
        labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
        samples[sample.name + (f"{{{labels}}}" if labels else "")] = sample.value
print(json.dumps(samples))
