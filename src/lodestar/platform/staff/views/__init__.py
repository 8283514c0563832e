"""Pages of the administrator about people and units, of leave, and of an invited person."""
