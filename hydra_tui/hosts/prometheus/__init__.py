"""Whole fleets through one server that knows them: Prometheus, VictoriaMetrics, or whatever speaks PromQL."""
