"""The site: a group's decision log as pages, for whom it is open; the same pages are written as files."""
