"""Charts: numbers first, then the figure. One module a chart; each returns a `Chart`."""
