"""What goes out and comes in, pure: records of HTCDS 2.0, cells of a table, small numbers, the monthly return."""
