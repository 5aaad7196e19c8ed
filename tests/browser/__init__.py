"""The collection in a real browser: a JupyterLab as a learner sees it, and the exported pages."""
