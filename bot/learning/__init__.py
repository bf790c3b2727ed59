"""Learning: lessons as they are typed, asked for, filed, shown and used elsewhere."""
