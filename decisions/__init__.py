"""The rules: pure values and functions, no I/O, no clock, no sentence in any human language."""
