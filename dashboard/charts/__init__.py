"""Charts as server-rendered SVG: geometry and markup, no data access, no inline style."""
