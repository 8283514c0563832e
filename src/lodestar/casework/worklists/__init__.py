"""Lists of what is to do, in groups and in order of harm, what is decided about several tasks, and how units stand."""
