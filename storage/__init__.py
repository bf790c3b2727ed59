"""What is kept: the schema, the unit of work and the journal. No row leaves; values in, values out."""
