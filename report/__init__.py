"""From scores to tables, charts, workbooks and sentences; returns objects, shows nothing."""
